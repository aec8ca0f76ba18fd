"""The way to work: the question to a person and to an employer, the trial, what it led to.

/deltagare/<id>/fragor                                          introductions
/deltagare/<id>/fragor/<id>                                     introduction
/deltagare/<id>/fragor/<id>/svar                                answer
/deltagare/<id>/fragor/<id>/kort                                card, POST shows it and keeps the consent
/deltagare/<id>/fragor/<id>/kort/ta-tillbaka                    take_back_card (POST)
/deltagare/<id>/fragor/<id>/skicka                              send_introduction
/deltagare/<id>/fragor/<id>/arbetsgivarens-svar                 employer_answer
/deltagare/<id>/fragor/<id>/besok                               visit
/deltagare/<id>/fragor/<id>/overens                             agree (POST)
/deltagare/<id>/fragor/<id>/avsluta                             close_introduction
/svara/<token>                                                  answer_by_link
/svara/<token>/foto                                             photo_by_link
/min-arbetsplats/fragor/<id>                                    proposal
/min-arbetsplats/fragor/<id>/foto                               proposal_photo

/deltagare/<id>/provplatser                                     trials
/deltagare/<id>/provplatser/ny                                  choose_place
/deltagare/<id>/provplatser/ny/<id>                             begin_trial
/deltagare/<id>/provplatser/<id>                                trial
/deltagare/<id>/provplatser/<id>/overenskommelse                agreement
/deltagare/<id>/provplatser/<id>/overenskommelse/utkast         save_agreement_draft (POST)
/deltagare/<id>/provplatser/<id>/schema                         schedule
/deltagare/<id>/provplatser/<id>/schema/<monday>                schedule_week
/deltagare/<id>/provplatser/<id>/be-om-underskrift              ask_to_sign (POST)
/deltagare/<id>/provplatser/<id>/slang-andring                  drop_change (POST)
/deltagare/<id>/provplatser/<id>/versioner                      agreement_versions
/deltagare/<id>/provplatser/<id>/forlang                        extend_trial
/deltagare/<id>/provplatser/<id>/korta                          shorten_trial
/deltagare/<id>/provplatser/<id>/avsluta                        end_trial

/deltagare/<id>/provplatser/<id>/skriv-under                    sign_as_coach (POST)
/deltagare/<id>/provplatser/<id>/papper/<who>                   sign_on_paper
/deltagare/<id>/provplatser/<id>/at-personen                    sign_on_behalf
/deltagare/<id>/provplatser/<id>/lank                           send_sign_link
/deltagare/<id>/provplatser/<id>/underskrifter/<id>             signed_paper
/skriv-under/<token>                                            sign_by_link
/min-arbetsplats/provplatser/<id>/skriv-under                   sign_as_employer

/deltagare/<id>/provplatser/<id>/avstamning                     note_check_in (POST)
/deltagare/<id>/provplatser/<id>/avstamning/<id>/pratat         have_talked (POST)
/deltagare/<id>/provplatser/<id>/avstamning/lank                send_check_in_link (POST)
/deltagare/<id>/provplatser/<id>/jobbfragan                     job_question
/deltagare/<id>/provplatser/<id>/dagar                          trial_days
/deltagare/<id>/provplatser/<id>/dagar/<day>                    write_trial_day
/avstamning/<token>                                             check_in_by_link
/avstamning/<token>/dagar/<day>                                 write_day_by_link
/min-arbetsplats/provplatser/<id>                               trial_as_employer
/min-arbetsplats/provplatser/<id>/dagar/<day>                   write_day_as_employer

/deltagare/<id>/provplatser/<id>/utvardering                    review
/deltagare/<id>/provplatser/<id>/utvardering/<personen|arbetsgivaren|coachen>    write_review
/deltagare/<id>/provplatser/<id>/utvardering/lank               send_review_link (POST)
/deltagare/<id>/provplatser/<id>/utvardering/sett-pa-platsen    confirm_seen
/utvardera/<token>                                              review_by_link
/min-arbetsplats/utvardera/<id>                                 review_as_employer

/deltagare/<id>/provplatser/<id>/resultat                       trial_outcome
/deltagare/<id>/jobb                                            outcomes
/deltagare/<id>/jobb/nytt                                       new_outcome
/deltagare/<id>/jobb/<id>                                       outcome
/deltagare/<id>/jobb/<id>/andra                                 edit_outcome
/deltagare/<id>/jobb/<id>/ersattning                            benefits
/deltagare/<id>/jobb/<id>/anstallning                           job
/deltagare/<id>/jobb/<id>/slut                                  end_job
/deltagare/<id>/tillbaka                                        return_to_day_activity
/uppfoljning/jobb                                               retention
/uppfoljning/jobb/<id>                                          retention_check
/uppfoljning/jobb/<id>/fraga-arbetsgivaren                      ask_employer (POST)
/jobbet/<token>                                                 retention_by_link
"""

from aktema.pathway import (  # noqa: F401  # their routes hang on the blueprint
    agreement_views,
    benefit_views,
    check_in_views,
    consent_views,
    employer_views,
    introduction_views,
    outcome_views,
    retention_views,
    review_views,
    schedule_views,
    signature_views,
    trial_day_views,
    trial_views,
)
from aktema.pathway.blueprint import bp

__all__ = ["bp"]
