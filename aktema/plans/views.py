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
/deltagare/<id>/planer                              plans
/deltagare/<id>/planer/ny                           new_plan
/deltagare/<id>/planer/<id>                         plan
/deltagare/<id>/planer/<id>/skillnader              plan_changes
/deltagare/<id>/planer/<id>/godkann                 confirm_plan (POST)
/deltagare/<id>/planer/<id>/faststall               fix_plan
/deltagare/<id>/planer/<id>/delar/<part>            plan_part
/deltagare/<id>/planer/<id>/delar/<part>/utkast     save_part_draft (POST, while typing)
/deltagare/<id>/planer/<id>/delar/<part>/flytta     move_part (POST)
/deltagare/<id>/planer/<id>/delar/<part>/ta-bort    remove_part
/deltagare/<id>/planer/<id>/medverkan               plan_participation
/deltagare/<id>/planer/<id>/medverkan/<id>/ta-bort  remove_participation (POST)
/deltagare/<id>/planer/<id>/las/<form>              read_plan
/deltagare/<id>/imorgon                             tomorrow
/deltagare/<id>/vecka                               week
/lattlast                                           easy_read, look_through (POST)
/lattlast/granska                                   check_easy_read (POST, while typing)
/deltagare/<id>/planer/<id>/<form>.pdf              plan_pdf
/deltagare/<id>/imorgon.pdf                         tomorrow_pdf
/deltagare/<id>/vecka.pdf                           week_pdf
/konto/kalender                                     calendar, new_calendar (POST)
/konto/kalender/ta-bort                             end_calendar (POST)
/kalender/<token>.ics                               calendar_file (whoever holds the key)
/deltagare/<id>/overlamningar                       handovers
/deltagare/<id>/overlamningar/ny                    new_handover
/deltagare/<id>/overlamningar/<id>                  handover
/deltagare/<id>/overlamningar/<id>/samtycke         handover_consent
/deltagare/<id>/overlamningar/<id>/skicka           send_handover (POST)
/deltagare/<id>/overlamningar/<id>/ta-tillbaka      withdraw_handover (POST)
/bestallningar/<id>/overlamningar/<id>              received_handover
/bestallningar/<id>/overlamningar/<id>/kvittera     receive_handover (POST)
/deltagare/<id>/radfragningar                       consultations
/deltagare/<id>/radfragningar/ny                    new_consultation
/deltagare/<id>/radfragningar/<id>                  consultation
/deltagare/<id>/puls                                pulse
/deltagare/<id>/puls/fraga                          ask_pulse
/deltagare/<id>/puls/tro                            believe
/deltagare/<id>/planer/<id>/mallar                  choose_template
/deltagare/<id>/planer/<id>/mallar/<id>             use_template
/mallar                                             templates
/mallar/ny                                          new_template
/mallar/<id>                                        template
/mallar/<id>/versioner/<number>                     template_version
/mallar/<id>/andra                                  edit_template
/mallar/ny/utkast                                   save_new_draft (POST, while typing)
/mallar/<id>/utkast                                 save_template_draft (POST, while typing)
/mallar/<id>/kopiera                                copy_template (POST)
/mallar/<id>/lagg-undan                             retire_template (POST, and back again)
/mallar/<id>/dela                                   share_template
/mallar/<id>/fil                                    template_file
/mallar/hamta                                       fetch_template
/mallar/hamta/in                                    take_in_template (POST)
/mallar/avsandare                                   template_senders
/mallar/avsandare/<id>/aterkalla                    withdraw_sender (POST)
/mallar/nyckel                                      signing_key
/uppfoljning                                        due
/uppfoljning/inlasning                              lock_in
/uppfoljning/ej-verkstallda                         unexecuted
/uppfoljning/ej-verkstallda.csv                     unexecuted_file
"""

from aktema.plans import (  # noqa: F401  # their routes hang on the blueprint, the guards on the tables
    attendance_views,
    calendar_views,
    consultation_views,
    decision_views,
    due_views,
    easy_read_views,
    follow_up_views,
    guards,
    handover_views,
    lock_in_views,
    order_views,
    plan_guards,
    plan_part_views,
    plan_print_views,
    plan_reading_views,
    plan_views,
    pulse_views,
    template_share_views,
    template_views,
)
from aktema.plans.blueprint import bp

__all__ = ["bp"]
