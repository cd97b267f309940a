"""The tables: the result of each command in each state. ``table`` explains how to read them."""

# ruff: noqa: E501

from tests.actors.transitions.table import Table

__all__ = ["AGENT", "AGENT_MRD", "AGENT_TASK", "CONVERSATION", "ROUTED_TASK"]

AGENT = Table("""
                             logged_out         logged_out+before  not_ready    not_ready+warned  not_ready+disconnected  ready        ready+connected  ready+disconnected  ready+offer  ready+task
LogIn                        not_ready          not_ready          -            -                 -                       -            -                -                   -            -
LogOut                       -                  -                  logged_out   logged_out        logged_out              logged_out   logged_out       logged_out          logged_out   logged_out
ConfigureAgent:more_tasks    -                  -                  not_ready    not_ready         not_ready               ready        ready            ready               ready        ready
ConfigureAgent:without_chat  -                  -                  not_ready    not_ready         not_ready               ready        ready            ready               ready        ready
SetState:ready               !agent_logged_out  !agent_logged_out  ready        ready             ready                   -            -                -                   -            -
SetState:not_ready           !agent_logged_out  !agent_logged_out  not_ready    not_ready         not_ready               not_ready    not_ready        not_ready           not_ready    not_ready
SetMrdState:ready            !agent_logged_out  !agent_logged_out  -            -                 -                       -            -                -                   -            -
SetMrdState:not_ready        !agent_logged_out  !agent_logged_out  not_ready    not_ready         not_ready               ready        ready            ready               ready        ready
Connect                      -                  -                  not_ready    not_ready         not_ready               ready        -                ready               ready        ready
Disconnect                   -                  -                  -            -                 -                       -            ready            -                   -            -
ExpireConnection             -                  -                  -            -                 logged_out              -            -                logged_out          -            -
WarnOfIdleness               -                  -                  not_ready    -                 not_ready               -            -                -                   -            -
ExpireIdleness               -                  -                  logged_out   logged_out        logged_out              -            -                -                   -            -
ReportActivity               -                  -                  -            not_ready         -                       -            -                -                   -            -
OfferTask                    -                  -                  -            -                 -                       ready        ready            ready               ready        ready
OfferTask:picked             -                  -                  -            -                 -                       ready        ready            ready               ready        ready
WithdrawOffer                -                  -                  -            -                 -                       -            -                -                   ready        -
AcceptTask                   !offer_gone        !offer_gone        !offer_gone  !offer_gone       !offer_gone             !offer_gone  !offer_gone      !offer_gone         ready        !offer_gone
DeclineTask                  !offer_gone        !offer_gone        !offer_gone  !offer_gone       !offer_gone             !offer_gone  !offer_gone      !offer_gone         ready        !offer_gone
ExpireOffer                  -                  -                  -            -                 -                       -            -                -                   not_ready    -
AssignTaskDirectly:monitor             -                  -                  not_ready    not_ready         not_ready               ready        ready            ready               ready        ready
AssignTaskDirectly:take_over           -                  -                  not_ready    not_ready         not_ready               ready        ready            ready               ready        ready
StartOutboundTask            !agent_logged_out  !agent_logged_out  not_ready    not_ready         not_ready               ready        ready            ready               ready        ready
FinishTask                   -                  -                  -            -                 -                       -            -                -                   -            ready
FinishTask:wrap_up           -                  -                  -            -                 -                       -            -                -                   -            ready
ExpireWrapUp                 -                  -                  -            -                 -                       -            -                -                   -            -
CloseTask                    -                  -                  -            -                 -                       -            -                -                   -            ready
Announce                     -                  -                  not_ready    not_ready         not_ready               ready        ready            ready               ready        ready
""")
"""Alice as a whole."""

AGENT_MRD = Table("""
                             not_ready          not_ready+here     ready        reserved     active             active+offer       active+wrap_up     busy               pending_not_ready  interrupted  interrupted+task
LogIn                        -                  -                  -            -            -                  -                  -                  -                  -                  -            -
LogOut                       not_ready          not_ready          not_ready    not_ready    not_ready          not_ready          not_ready          not_ready          not_ready          not_ready    not_ready
ConfigureAgent:more_tasks    not_ready          not_ready          ready        reserved     active             active             active             active             pending_not_ready  interrupted  interrupted
ConfigureAgent:without_chat  not_ready          not_ready          not_ready    not_ready    pending_not_ready  pending_not_ready  pending_not_ready  pending_not_ready  pending_not_ready  not_ready    pending_not_ready
SetState:ready               ready              -                  -            -            -                  -                  -                  -                  active             -            -
SetState:not_ready           not_ready          not_ready          not_ready    not_ready    pending_not_ready  pending_not_ready  pending_not_ready  pending_not_ready  -                  not_ready    pending_not_ready
SetMrdState:ready            -                  ready              -            -            -                  -                  -                  -                  -                  -            -
SetMrdState:not_ready        not_ready          -                  not_ready    not_ready    pending_not_ready  pending_not_ready  pending_not_ready  pending_not_ready  pending_not_ready  not_ready    pending_not_ready
Connect                      not_ready          not_ready          ready        reserved     active             active             active             busy               pending_not_ready  interrupted  interrupted
Disconnect                   -                  -                  -            -            -                  -                  -                  -                  -                  -            -
ExpireConnection             -                  -                  -            -            -                  -                  -                  -                  -                  -            -
WarnOfIdleness               not_ready          -                  -            -            -                  -                  -                  -                  -                  -            -
ExpireIdleness               not_ready          -                  -            -            -                  -                  -                  -                  -                  -            -
ReportActivity               -                  -                  -            -            -                  -                  -                  -                  -                  -            -
OfferTask                    -                  -                  reserved     reserved     active             -                  active             -                  -                  -            -
OfferTask:picked             -                  -                  active       active       busy               -                  busy               -                  -                  -            -
WithdrawOffer                -                  -                  -            ready        -                  active             -                  -                  -                  -            -
AcceptTask                   !offer_gone        !offer_gone        !offer_gone  active       !offer_gone        busy               !offer_gone        !offer_gone        !offer_gone        !offer_gone  !offer_gone
AcceptTask:undisturbed       !offer_gone        !offer_gone        interrupted  interrupted  interrupted        interrupted        interrupted        interrupted        !offer_gone        -            -
DeclineTask                  !offer_gone        !offer_gone        !offer_gone  ready        !offer_gone        active             !offer_gone        !offer_gone        !offer_gone        !offer_gone  !offer_gone
ExpireOffer                  -                  -                  -            not_ready    -                  pending_not_ready  -                  -                  -                  -            -
AssignTaskDirectly:monitor             not_ready          not_ready          ready        reserved     active             active             active             busy               pending_not_ready  interrupted  interrupted
AssignTaskDirectly:take_over           pending_not_ready  pending_not_ready  active       active       busy               busy               busy               busy               pending_not_ready  interrupted  interrupted
StartOutboundTask            pending_not_ready  pending_not_ready  active       active       busy               !agent_unavailable busy               !agent_unavailable pending_not_ready  !agent_unavailable !agent_unavailable
FinishTask                   -                  -                  -            -            ready              reserved           -                  active             not_ready          -            interrupted
FinishTask:wrap_up           -                  -                  -            -            active             active             -                  busy               pending_not_ready  -            interrupted
ExpireWrapUp                 -                  -                  -            -            -                  -                  -                  -                  -                  -            -
CloseTask                    -                  -                  -            -            ready              reserved           ready              active             not_ready          -            interrupted
CloseTask:undisturbed        -                  -                  -            -            -                  -                  -                  -                  -                  ready        active
Announce                     not_ready          not_ready          ready        reserved     active             active             active             busy               pending_not_ready  interrupted  interrupted
""")
"""Alice in the MRD chat, where she holds at most two tasks. The MRD callback may not be interrupted."""

AGENT_TASK = Table("""
                             queued       queued+not_ready  queued+logged_out  reserved  active       wrap_up      wrap_up+not_ready  closed
LogIn                        -            -                 -                  -         -            -            -                  -
LogOut                       -            -                 -                  queued    closed       closed       closed             -
ConfigureAgent:more_tasks    -            -                 -                  -         -            -            -                  -
ConfigureAgent:without_chat  -            -                 -                  queued    -            -            -                  -
SetState:ready               -            -                 !agent_logged_out  -         -            -            -                  -
SetState:not_ready           -            -                 !agent_logged_out  queued    -            -            -                  -
SetMrdState:ready            -            -                 !agent_logged_out  -         -            -            -                  -
SetMrdState:not_ready        -            -                 !agent_logged_out  queued    -            -            -                  -
Connect                      -            -                 -                  -         -            -            -                  -
Disconnect                   -            -                 -                  -         -            -            -                  -
ExpireConnection             -            -                 -                  -         -            -            -                  -
WarnOfIdleness               -            -                 -                  -         -            -            -                  -
ExpireIdleness               -            -                 -                  -         -            -            -                  -
ReportActivity               -            -                 -                  -         -            -            -                  -
OfferTask                    reserved     -                 -                  -         -            -            -                  reserved
OfferTask:picked             active       -                 -                  -         -            -            -                  active
WithdrawOffer                -            -                 -                  closed    -            -            -                  -
AcceptTask                   !offer_gone  !offer_gone       !offer_gone        active    -            -            -                  !offer_gone
AcceptTask:undisturbed       !offer_gone  !offer_gone       !offer_gone        queued    -            -            !offer_gone        !offer_gone
DeclineTask                  !offer_gone  !offer_gone       !offer_gone        queued    !offer_gone  !offer_gone  !offer_gone        !offer_gone
ExpireOffer                  -            -                 -                  queued    -            -            -                  -
AssignTaskDirectly:monitor             active       active            -                  -         active       -            -                  active
AssignTaskDirectly:take_over           active       active            -                  -         active       -            -                  active
StartOutboundTask            active       active            !agent_logged_out  -         -            -            -                  active
FinishTask                   -            -                 -                  -         closed       -            -                  -
FinishTask:wrap_up           -            -                 -                  -         wrap_up      -            -                  -
ExpireWrapUp                 -            -                 -                  -         -            -            -                  -
CloseTask                    -            -                 -                  -         closed       closed       closed             -
CloseTask:undisturbed        -            -                 -                  -         -            -            -                  -
Announce                     -            -                 -                  -         -            -            -                  -
""")
"""A task as Alice knows it."""

ROUTED_TASK = Table("""
                            gone         scheduled    scheduled+preferred  preferred    preferred+only  preferred+pull  step_1       step_1+pull  step_1+declined  step_2       offered      offered+only  gone+before
EnqueueTask                 step_1       -            -                    -            -               -               -            -            -                -            -            -             step_1
EnqueueTask:preferred       preferred    -            -                    -            -               -               -            -            -                -            -            -             preferred
EnqueueTask:not_before      scheduled    -            -                    -            -               -               -            -            -                -            -            -             scheduled
CancelTask                  -            gone         gone                 gone         gone            gone            gone         gone         gone             gone         gone         gone          -
ConfirmTask                 -            -            -                    -            -               -               -            -            -                -            gone         gone          -
ReturnTask:rona             -            -            -                    -            -               -               -            -            -                -            step_1       gone          -
ReturnTask:declined         -            -            -                    -            -               -               -            -            -                -            step_1       gone          -
ReturnTask:agent_not_ready  -            -            -                    -            -               -               -            -            -                -            step_1       gone          -
ReturnTask:after_40_s       -            -            -                    -            -               -               -            -            -                -            step_2       gone          -
ReportAvailability          -            -            -                    -            -               -               -            -            -                -            -            -             -
PickTask                    !offer_gone  !offer_gone  !offer_gone          !not_pulled  !not_pulled     offered         !not_pulled  offered      !not_pulled      !not_pulled  !offer_gone  !offer_gone   !offer_gone
ConfigureQueue:one_step     gone         scheduled    scheduled            preferred    preferred       preferred       step_1       step_1       step_1           step_1       offered      offered       gone
FlushQueue                  -            gone         gone                 gone         gone            gone            gone         gone         gone             gone         -            -             -
FlushQueue:to_sales         -            scheduled    scheduled            step_1       preferred       step_1          step_1       step_1       step_1           step_1       -            -             -
AdvanceLine:after_20_s      -            step_1       preferred            -            -               -               -            -            step_1           -            -            -             -
AdvanceLine:after_30_s      -            step_1       preferred            -            -               -               step_2       step_2       step_1           -            -            -             -
AdvanceLine:after_40_s      -            step_1       preferred            step_2       gone            step_2          step_2       step_2       step_1           -            -            -             -
AdvanceLine:after_200_s     -            step_2       preferred            step_1       gone            step_1          step_1       step_1       step_1           step_1       -            -             -
AdvanceLine:after_300_s     -            step_2       preferred            gone         gone            gone            gone         gone         gone             gone         -            -             -
MatchTask                   -            -            -                    offered      offered         offered         offered      -            -                offered      -            -             -
MatchAgent                  -            -            -                    offered      offered         offered         offered      -            -                offered      -            -             -
MatchQueue                  -            -            -                    -            -               -               offered      -            -                offered      -            -             -
""")
"""A task as the router knows it: two steps, the first for 30 seconds; an agent is preferred for 40; after 200 it
overflows, after 300 it is given up. Where it is scheduled, nobody takes it for 20 seconds. One agent is free."""

CONVERSATION = Table("""
                                 new                with_bot           with_bot+unanswered  with_bot+silent    with_bot+again     waiting_for_agent  with_agent         with_agent+late    with_agent+hand    with_agent+asked   with_agent+conference  with_agent+wrap_up  wrap_up              ended                ended+alice
StartConversation                with_bot           -                  -                    -                  -                  -                  -                  -                  -                  -                  -                      -                   -                    -                    -
StartConversation:without_bot    waiting_for_agent  -                  -                    -                  -                  -                  -                  -                  -                  -                  -                      -                   -                    -                    -
StartConversation:other_content  with_bot           !id_conflict       !id_conflict         !id_conflict       !id_conflict       !id_conflict       !id_conflict       !id_conflict       !id_conflict       !id_conflict       !id_conflict           !id_conflict        !id_conflict         !id_conflict         !id_conflict
StartOutboundConversation        with_agent         -                  -                    -                  -                  -                  -                  -                  -                  -                  -                      -                   -                    -                    -
ReturnCustomer                   !not_found         with_bot           with_bot             with_bot           with_bot           waiting_for_agent  with_agent         with_agent         with_agent         with_agent         with_agent             with_agent          !conversation_ended  !conversation_ended  !conversation_ended
PostCustomerMessage              !not_found         with_bot           with_bot             with_bot           with_bot           waiting_for_agent  with_agent         with_agent         with_agent         with_agent         with_agent             with_agent          !conversation_ended  !conversation_ended  !conversation_ended
PostAgentMessage                 !not_found         !not_participant   !not_participant     !not_participant   !not_participant   !not_participant   with_agent         with_agent         with_agent         with_agent         with_agent             with_agent          !conversation_ended  !conversation_ended  !conversation_ended
PostAgentMessage:stranger        !not_found         !not_participant   !not_participant     !not_participant   !not_participant   !not_participant   !not_participant   !not_participant   !not_participant   !not_participant   !not_participant       !not_participant    !conversation_ended  !conversation_ended  !conversation_ended
PostBotMessage                   !not_found         with_bot           with_bot             with_bot           with_bot           !stale_reply       !stale_reply       !stale_reply       !stale_reply       !stale_reply       !stale_reply           !stale_reply        !stale_reply         !stale_reply         !stale_reply
PostSystemMessage                !not_found         with_bot           with_bot             with_bot           with_bot           !stale_reply       !stale_reply       !stale_reply       !stale_reply       !stale_reply       !stale_reply           !stale_reply        !stale_reply         !stale_reply         !stale_reply
PostSuggestion                   !not_found         !stale_reply       !stale_reply         !stale_reply       !stale_reply       !stale_reply       with_agent         with_agent         with_agent         with_agent         with_agent             with_agent          !stale_reply         !stale_reply         !stale_reply
AddNote                          !not_found         !not_participant   !not_participant     !not_participant   !not_participant   !not_participant   with_agent         with_agent         with_agent         with_agent         with_agent             with_agent          wrap_up              !conversation_ended  !conversation_ended
Whisper                          !not_found         !not_participant   !not_participant     !not_participant   !not_participant   !not_participant   with_agent         with_agent         with_agent         with_agent         with_agent             with_agent          !conversation_ended  !conversation_ended  !conversation_ended
RequestAgent                     !not_found         waiting_for_agent  waiting_for_agent    waiting_for_agent  waiting_for_agent  -                  -                  -                  -                  -                  -                      -                   !conversation_ended  !conversation_ended  !conversation_ended
RequestAgent:other_bot           !not_found         !stale_reply       !stale_reply         !stale_reply       !stale_reply       !stale_reply       !stale_reply       !stale_reply       !stale_reply       !stale_reply       !stale_reply           !stale_reply        !conversation_ended  !conversation_ended  !conversation_ended
TransferConversation             !not_found         !not_participant   !not_participant     !not_participant   !not_participant   !not_participant   waiting_for_agent  waiting_for_agent  waiting_for_agent  waiting_for_agent  waiting_for_agent      waiting_for_agent   !conversation_ended  !conversation_ended  !conversation_ended
TransferConversation:to_bob      !not_found         !not_participant   !not_participant     !not_participant   !not_participant   !not_participant   waiting_for_agent  waiting_for_agent  waiting_for_agent  waiting_for_agent  with_agent             waiting_for_agent   !conversation_ended  !conversation_ended  !conversation_ended
AssignBot                        !not_found         !not_participant   !not_participant     !not_participant   -                  !not_participant   with_bot           with_bot           with_bot           with_bot           with_bot               with_bot            !conversation_ended  !conversation_ended  !conversation_ended
AssistConversation:consult       !not_found         !not_participant   !not_participant     !not_participant   !not_participant   !not_participant   with_agent         with_agent         with_agent         -                  -                      with_agent          !conversation_ended  !conversation_ended  !conversation_ended
AssistConversation:conference    !not_found         !not_participant   !not_participant     !not_participant   !not_participant   !not_participant   with_agent         with_agent         with_agent         -                  -                      with_agent          !conversation_ended  !conversation_ended  !conversation_ended
SuperviseConversation:monitor    !not_found         with_bot           with_bot             with_bot           with_bot           waiting_for_agent  with_agent         with_agent         with_agent         with_agent         with_agent             with_agent          !conversation_ended  !conversation_ended  !conversation_ended
SuperviseConversation:barge_in   !not_found         with_bot           with_bot             with_bot           with_bot           waiting_for_agent  with_agent         with_agent         with_agent         with_agent         with_agent             with_agent          !conversation_ended  !conversation_ended  !conversation_ended
SuperviseConversation:take_over  !not_found         with_agent         with_agent           with_agent         with_agent         with_agent         with_agent         with_agent         with_agent         with_agent         with_agent             with_agent          !conversation_ended  !conversation_ended  !conversation_ended
LeaveConversation                !not_found         !not_participant   !not_participant     !not_participant   !not_participant   !not_participant   !last_agent        !last_agent        !last_agent        !last_agent        with_agent             !last_agent         !conversation_ended  !conversation_ended  !conversation_ended
LeaveConversation:bob            !not_found         !not_participant   !not_participant     !not_participant   !not_participant   !not_participant   !not_participant   !not_participant   !not_participant   !not_participant   with_agent             !not_participant    !conversation_ended  !conversation_ended  !conversation_ended
RaiseHand                        !not_found         !not_participant   !not_participant     !not_participant   !not_participant   !not_participant   with_agent         with_agent         -                  with_agent         with_agent             with_agent          !conversation_ended  !conversation_ended  !conversation_ended
RaiseHand:lower                  !not_found         !not_participant   !not_participant     !not_participant   !not_participant   !not_participant   -                  -                  with_agent         -                  -                      -                   !conversation_ended  !conversation_ended  !conversation_ended
ChangeLabels                     !not_found         with_bot           with_bot             with_bot           with_bot           waiting_for_agent  with_agent         with_agent         with_agent         with_agent         with_agent             with_agent          wrap_up              ended                ended
ChangeAttributes                 !not_found         with_bot           with_bot             with_bot           with_bot           waiting_for_agent  with_agent         with_agent         with_agent         with_agent         with_agent             with_agent          wrap_up              ended                ended
RecordReceipt                    !not_found         with_bot           with_bot             with_bot           with_bot           waiting_for_agent  with_agent         with_agent         with_agent         with_agent         with_agent             with_agent          wrap_up              ended                ended
ReportBotFailure                 !not_found         waiting_for_agent  waiting_for_agent    waiting_for_agent  waiting_for_agent  -                  -                  -                  -                  -                  -                      -                   -                    -                    -
EndConversation:customer         !not_found         ended              ended                ended              ended              ended              ended              ended              ended              ended              ended                  wrap_up             -                    -                    -
EndConversation:alice            !not_found         !not_participant   !not_participant     !not_participant   !not_participant   !not_participant   ended              ended              ended              ended              ended                  wrap_up             -                    -                    -
EndConversation:bob              !not_found         !not_participant   !not_participant     !not_participant   !not_participant   !not_participant   !not_participant   !not_participant   !not_participant   !not_participant   !not_primary           !not_participant    -                    -                    -
EndConversation:bot              !not_found         ended              ended                ended              ended              !stale_reply       !stale_reply       !stale_reply       !stale_reply       !stale_reply       !stale_reply           !stale_reply        -                    -                    -
EndConversation:forced           !not_found         ended              ended                ended              ended              ended              ended              ended              ended              ended              ended                  wrap_up             -                    -                    -
JoinAgent                        !not_found         -                  -                    -                  -                  with_agent         -                  -                  -                  -                  -                      -                   -                    -                    -
JoinAgent:help                   !not_found         -                  -                    -                  -                  -                  -                  -                  -                  with_agent         -                      -                   -                    -                    -
JoinAgent:unknown_task           !not_found         -                  -                    -                  -                  -                  -                  -                  -                  -                  -                      -                   -                    -                    -
ReleaseAgent                     !not_found         -                  -                    -                  -                  -                  waiting_for_agent  waiting_for_agent  waiting_for_agent  waiting_for_agent  with_agent             waiting_for_agent   ended                -                    -
ReleaseAgent:end                 !not_found         -                  -                    -                  -                  -                  ended              ended              ended              ended              ended                  ended               ended                -                    -
ReleaseAgent:bob                 !not_found         -                  -                    -                  -                  -                  -                  -                  -                  -                  with_agent             -                   -                    -                    -
GiveUpTask                       !not_found         -                  -                    -                  -                  ended              -                  -                  -                  -                  -                      -                   -                    -                    -
MoveTask                         !not_found         -                  -                    -                  -                  waiting_for_agent  -                  -                  -                  -                  -                      -                   -                    -                    -
NoticeCustomerActivity           !not_found         -                  with_bot             with_bot           -                  -                  -                  -                  -                  -                  -                      -                   -                    -                    -
RemindOfAnswer                   !not_found         -                  with_bot             -                  -                  -                  with_agent         -                  with_agent         with_agent         with_agent             with_agent          -                    -                    -
ExpireAnswer                     !not_found         -                  -                    ended              -                  -                  -                  waiting_for_agent  -                  -                  -                      -                   -                    -                    -
CompleteWrapUp                   !not_found         !not_participant   !not_participant     !not_participant   !no_wrap_up        !not_participant   !no_wrap_up        !no_wrap_up        !no_wrap_up        !no_wrap_up        !no_wrap_up            !no_wrap_up         ended                !conversation_ended  ended
CompleteWrapUp:bob               !not_found         !not_participant   !not_participant     !not_participant   !not_participant   !not_participant   !not_participant   !not_participant   !not_participant   !not_participant   !not_participant       !not_participant    !conversation_ended  !conversation_ended  !conversation_ended
RateConversation                 !not_found         !not_ended         !not_ended           !not_ended         !not_ended         !not_ended         !not_ended         !not_ended         !not_ended         !not_ended         !not_ended             !not_ended          wrap_up              ended                ended
""")
"""Ada's conversation. Alice is the agent, Bob another one, Sue a supervisor."""
