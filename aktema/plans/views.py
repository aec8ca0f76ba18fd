"""Decisions, orders, attendance and follow-ups.

/deltagare/<id>/beslut                              decisions
/deltagare/<id>/beslut/nytt                         new_decision
/deltagare/<id>/beslut/<id>                         decision
/deltagare/<id>/beslut/<id>/omvandla                convert
/deltagare/<id>/beslut/<id>/andra-tid               change_hours
/deltagare/<id>/beslut/<id>/avsluta                 end_decision
/deltagare/<id>/beslut/<id>/avbrott                 new_interruption
/deltagare/<id>/beslut/<id>/avbrott/<id>/avsluta    end_interruption
/deltagare/<id>/beslut/<id>/bestall                 new_order
/beslut/schablon                                    template_decisions
/beslut/import/...                                  imports (access.importing.views)
/bestallningar                                      orders
/bestallningar/<id>                                 order
/bestallningar/<id>/svara                           answer_order
/bestallningar/<id>/forsta-dagen                    first_day
/bestallningar/<id>/avsluta                         close_order
/narvaro                                            attendance
/narvaro/underlag.csv                               attendance_file
/deltagare/<id>/narvaro                             hours
/deltagare/<id>/uppfoljningar                       follow_ups
/deltagare/<id>/uppfoljningar/ny                    new_follow_up
/deltagare/<id>/uppfoljningar/<id>                  follow_up, save_follow_up (POST)
/deltagare/<id>/uppfoljningar/<id>/utkast           save_follow_up_draft (POST, while typing)
/deltagare/<id>/uppfoljningar/<id>/avsluta          close_follow_up
/uppfoljning                                        due
/uppfoljning/inlasning                              lock_in
/uppfoljning/ej-verkstallda                         unexecuted
/uppfoljning/ej-verkstallda.csv                     unexecuted_file
"""

from aktema.plans import (  # noqa: F401  # their routes hang on the blueprint, the guards on the tables
    attendance_views,
    decision_views,
    due_views,
    follow_up_views,
    guards,
    lock_in_views,
    order_views,
)
from aktema.plans.blueprint import bp

__all__ = ["bp"]
