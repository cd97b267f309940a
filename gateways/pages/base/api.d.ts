// The HTTP API, by its description. `make api-types` writes this file. It is for checks and is not served.

declare namespace Api {
  /** The body of the answer to a request, such as `GET inspect/v1/floor`, if it succeeds. */
  type Answer<Request extends string> =
    Request extends `${infer Path}?${string}` ? Answer<Path> :
    Request extends `${string} extern${string}` ?
      Request extends `POST extern/v1/webhooks/${string}/deliveries/${string}/retry` ? Delivery :
      Request extends `POST extern/v1/conversations/${string}/attributes` ? Acknowledged :
      Request extends `POST extern/v1/conversations/${string}/labels` ? Acknowledged :
      Request extends `GET extern/v1/conversations/${string}/transcript` ? Transcript :
      Request extends `GET extern/v1/webhooks/${string}/deliveries` ? Deliveries :
      Request extends `POST extern/v1/webhooks/${string}/rewind` ? Rewound :
      Request extends `POST extern/v1/webhooks/${string}/rotate-secret` ? NewWebhookSecret :
      Request extends `POST extern/v1/webhooks/${string}/test` ? WebhookAttempt :
      Request extends `GET extern/v1/agents/states` ? AgentStandings :
      Request extends `GET extern/v1/conversations/${string}` ? ConversationDetail :
      Request extends `DELETE extern/v1/tasks/${string}` ? null :
      Request extends `GET extern/v1/tasks/${string}` ? OutsideTask :
      Request extends `DELETE extern/v1/webhooks/${string}` ? null :
      Request extends `GET extern/v1/webhooks/${string}` ? SubscribedWebhook :
      Request extends `PUT extern/v1/webhooks/${string}` ? SubscribedWebhook :
      Request extends `GET extern/v1/conversations` ? Conversations :
      Request extends `GET extern/v1/events` ? EventPage :
      Request extends `POST extern/v1/messages` ? WrittenMessage :
      Request extends `POST extern/v1/tasks` ? OutsideTask :
      Request extends `GET extern/v1/webhooks` ? SubscribedWebhooks :
      Request extends `POST extern/v1/webhooks` ? NewWebhook :
      unknown :
    Request extends `${string} agent${string}` ?
      Request extends `PUT agent/v1/me/mrds/${string}/state` ? States :
      Request extends `GET agent/v1/conversations/${string}/attachments/${string}` ? Blob :
      Request extends `PUT agent/v1/agents/${string}/state` ? States :
      Request extends `POST agent/v1/conversations/${string}/attachments` ? UploadedAttachment :
      Request extends `POST agent/v1/conversations/${string}/attributes` ? Acknowledged :
      Request extends `POST agent/v1/conversations/${string}/barge-in` ? Acknowledged :
      Request extends `POST agent/v1/conversations/${string}/conference` ? HandedOver :
      Request extends `POST agent/v1/conversations/${string}/consult` ? HandedOver :
      Request extends `POST agent/v1/conversations/${string}/end` ? Acknowledged :
      Request extends `POST agent/v1/conversations/${string}/labels` ? Acknowledged :
      Request extends `POST agent/v1/conversations/${string}/leave` ? Acknowledged :
      Request extends `POST agent/v1/conversations/${string}/messages` ? PostedMessage :
      Request extends `POST agent/v1/conversations/${string}/monitor` ? Acknowledged :
      Request extends `POST agent/v1/conversations/${string}/notes` ? PostedMessage :
      Request extends `POST agent/v1/conversations/${string}/raise-hand` ? Acknowledged :
      Request extends `POST agent/v1/conversations/${string}/receipts` ? Acknowledged :
      Request extends `POST agent/v1/conversations/${string}/take-over` ? Acknowledged :
      Request extends `GET agent/v1/conversations/${string}/targets` ? Targets :
      Request extends `POST agent/v1/conversations/${string}/transfer` ? HandedOver :
      Request extends `POST agent/v1/conversations/${string}/typing` ? null :
      Request extends `POST agent/v1/conversations/${string}/whisper` ? PostedMessage :
      Request extends `POST agent/v1/conversations/${string}/wrap-up` ? Acknowledged :
      Request extends `DELETE agent/v1/me/sessions/${string}` ? null :
      Request extends `POST agent/v1/queues/${string}/flush` ? FlushedQueue :
      Request extends `POST agent/v1/tasks/${string}/accept` ? AcceptedTask :
      Request extends `POST agent/v1/tasks/${string}/decline` ? AcceptedTask :
      Request extends `GET agent/v1/tasks/${string}/explain` ? TaskExplanation :
      Request extends `GET agent/v1/tasks/${string}/offer` ? Offer :
      Request extends `POST agent/v1/me/activity` ? null :
      Request extends `PUT agent/v1/me/password` ? Session :
      Request extends `POST agent/v1/me/primary` ? PrimaryPlace :
      Request extends `DELETE agent/v1/me/sessions` ? null :
      Request extends `GET agent/v1/me/sessions` ? OpenSessions :
      Request extends `PUT agent/v1/me/state` ? States :
      Request extends `GET agent/v1/openid/callback` ? null :
      Request extends `GET agent/v1/openid/login` ? null :
      Request extends `POST agent/v1/openid/session` ? Session :
      Request extends `GET agent/v1/conversations/${string}` ? ConversationDetail :
      Request extends `GET agent/v1/agents` ? Agents :
      Request extends `POST agent/v1/announcements` ? Announced :
      Request extends `GET agent/v1/canned-messages` ? CannedMessages :
      Request extends `GET agent/v1/channels` ? OutboundChannels :
      Request extends `GET agent/v1/codes` ? Codes :
      Request extends `GET agent/v1/conversations` ? Conversations :
      Request extends `POST agent/v1/conversations` ? OutboundStarted :
      Request extends `GET agent/v1/events` ? AgentFeedPage :
      Request extends `GET agent/v1/floor` ? LiveFloor :
      Request extends `POST agent/v1/login` ? Session :
      Request extends `GET agent/v1/login-options` ? LoginOptions :
      Request extends `POST agent/v1/logout` ? null :
      Request extends `GET agent/v1/me` ? Me :
      Request extends `GET agent/v1/queues` ? Queues :
      Request extends `POST agent/v1/refresh` ? Session :
      Request extends `GET agent/v1/tasks` ? WaitingTasks :
      unknown :
    Request extends `${string} customer${string}` ?
      Request extends `GET customer/v1/conversations/${string}/attachments/${string}` ? Blob :
      Request extends `POST customer/v1/conversations/${string}/agent-request` ? Acknowledged :
      Request extends `POST customer/v1/conversations/${string}/attachments` ? UploadedAttachment :
      Request extends `POST customer/v1/conversations/${string}/end` ? Acknowledged :
      Request extends `GET customer/v1/conversations/${string}/events` ? CustomerFeedPage :
      Request extends `POST customer/v1/conversations/${string}/messages` ? PostedMessage :
      Request extends `POST customer/v1/conversations/${string}/rating` ? Acknowledged :
      Request extends `POST customer/v1/conversations/${string}/receipts` ? Acknowledged :
      Request extends `GET customer/v1/conversations/${string}/transcript` ? Transcript :
      Request extends `POST customer/v1/conversations/${string}/typing` ? null :
      Request extends `GET customer/v1/conversations/${string}` ? ConversationState :
      Request extends `GET customer/v1/availability` ? Availability :
      Request extends `GET customer/v1/callback-options` ? CallbackOptions :
      Request extends `POST customer/v1/callbacks` ? RequestedCallback :
      Request extends `POST customer/v1/conversations` ? StartedConversation :
      Request extends `POST customer/v1/returns` ? StartedConversation :
      Request extends `GET customer/v1/widget` ? WidgetSettings :
      unknown :
    Request extends `${string} admin${string}` ?
      Request extends `PUT admin/v1/agents/${string}/password` ? null :
      Request extends `POST admin/v1/bots/${string}/try` ? BotAttempt :
      Request extends `POST admin/v1/channels/${string}/check` ? ChannelFindings :
      Request extends `POST admin/v1/channels/${string}/setup` ? ChannelFindings :
      Request extends `POST admin/v1/history/${string}/undo` ? Undone :
      Request extends `POST admin/v1/webhooks/${string}/rotate-secret` ? NewWebhookSecret :
      Request extends `POST admin/v1/webhooks/${string}/test` ? WebhookAttempt :
      Request extends `POST admin/v1/criteria/check` ? CriterionCheck :
      Request extends `DELETE admin/v1/agents/${string}` ? null :
      Request extends `GET admin/v1/agents/${string}` ? Agent :
      Request extends `PUT admin/v1/agents/${string}` ? Agent :
      Request extends `DELETE admin/v1/api-keys/${string}` ? null :
      Request extends `GET admin/v1/api-keys/${string}` ? ListedKey :
      Request extends `POST admin/v1/api-keys/${string}` ? NewKey :
      Request extends `PUT admin/v1/api-keys/${string}` ? ListedKey :
      Request extends `DELETE admin/v1/attributes/${string}` ? null :
      Request extends `GET admin/v1/attributes/${string}` ? Attribute :
      Request extends `PUT admin/v1/attributes/${string}` ? Attribute :
      Request extends `DELETE admin/v1/bots/${string}` ? null :
      Request extends `GET admin/v1/bots/${string}` ? Bot :
      Request extends `PUT admin/v1/bots/${string}` ? Bot :
      Request extends `DELETE admin/v1/calendars/${string}` ? null :
      Request extends `GET admin/v1/calendars/${string}` ? Calendar :
      Request extends `PUT admin/v1/calendars/${string}` ? Calendar :
      Request extends `DELETE admin/v1/canned-messages/${string}` ? null :
      Request extends `GET admin/v1/canned-messages/${string}` ? CannedMessage :
      Request extends `PUT admin/v1/canned-messages/${string}` ? CannedMessage :
      Request extends `DELETE admin/v1/channels/${string}` ? null :
      Request extends `GET admin/v1/channels/${string}` ? Channel :
      Request extends `PUT admin/v1/channels/${string}` ? Channel :
      Request extends `DELETE admin/v1/mrds/${string}` ? null :
      Request extends `GET admin/v1/mrds/${string}` ? Mrd :
      Request extends `PUT admin/v1/mrds/${string}` ? Mrd :
      Request extends `DELETE admin/v1/queues/${string}` ? null :
      Request extends `GET admin/v1/queues/${string}` ? Queue :
      Request extends `PUT admin/v1/queues/${string}` ? Queue :
      Request extends `DELETE admin/v1/reason-codes/${string}` ? null :
      Request extends `GET admin/v1/reason-codes/${string}` ? ReasonCode :
      Request extends `PUT admin/v1/reason-codes/${string}` ? ReasonCode :
      Request extends `DELETE admin/v1/teams/${string}` ? null :
      Request extends `GET admin/v1/teams/${string}` ? Team :
      Request extends `PUT admin/v1/teams/${string}` ? Team :
      Request extends `DELETE admin/v1/webhooks/${string}` ? null :
      Request extends `GET admin/v1/webhooks/${string}` ? Webhook :
      Request extends `PUT admin/v1/webhooks/${string}` ? Webhook :
      Request extends `DELETE admin/v1/wrap-up-codes/${string}` ? null :
      Request extends `GET admin/v1/wrap-up-codes/${string}` ? WrapUpCode :
      Request extends `PUT admin/v1/wrap-up-codes/${string}` ? WrapUpCode :
      Request extends `GET admin/v1/agents` ? ConfiguredAgents :
      Request extends `GET admin/v1/agents.csv` ? string :
      Request extends `PUT admin/v1/agents.csv` ? ImportResult :
      Request extends `GET admin/v1/api-keys` ? ConfiguredApiKeys :
      Request extends `GET admin/v1/attributes` ? ConfiguredAttributes :
      Request extends `GET admin/v1/bots` ? ConfiguredBots :
      Request extends `GET admin/v1/calendars` ? ConfiguredCalendars :
      Request extends `GET admin/v1/canned-messages` ? ConfiguredCannedMessages :
      Request extends `GET admin/v1/channels` ? ConfiguredChannels :
      Request extends `GET admin/v1/configuration` ? Tables :
      Request extends `PUT admin/v1/configuration` ? ImportResult :
      Request extends `GET admin/v1/history` ? History :
      Request extends `GET admin/v1/mrds` ? ConfiguredMrds :
      Request extends `GET admin/v1/queues` ? ConfiguredQueues :
      Request extends `GET admin/v1/reason-codes` ? ConfiguredReasonCodes :
      Request extends `GET admin/v1/scopes` ? Scopes :
      Request extends `GET admin/v1/teams` ? ConfiguredTeams :
      Request extends `GET admin/v1/webhooks` ? ConfiguredWebhooks :
      Request extends `GET admin/v1/wrap-up-codes` ? ConfiguredWrapUpCodes :
      unknown :
    Request extends `${string} inspect${string}` ?
      Request extends `POST inspect/v1/deliveries/${string}/retry` ? Delivery :
      Request extends `GET inspect/v1/streams/${string}/state` ? StateAt :
      Request extends `POST inspect/v1/targets/${string}/resume` ? null :
      Request extends `POST inspect/v1/targets/${string}/retry` ? Retried :
      Request extends `POST inspect/v1/targets/${string}/rewind` ? Rewound :
      Request extends `GET inspect/v1/correlations/${string}` ? Trace :
      Request extends `DELETE inspect/v1/deliveries/${string}` ? null :
      Request extends `GET inspect/v1/deliveries/${string}` ? DeliveryWithEvent :
      Request extends `GET inspect/v1/events/${string}` ? EventWithCauses :
      Request extends `GET inspect/v1/streams/${string}` ? StreamPage :
      Request extends `GET inspect/v1/deliveries` ? Deliveries :
      Request extends `GET inspect/v1/events` ? EventPage :
      Request extends `GET inspect/v1/find` ? Findings :
      Request extends `GET inspect/v1/floor` ? Floor :
      Request extends `GET inspect/v1/streams` ? Streams :
      Request extends `GET inspect/v1/targets` ? DeliveryTargets :
      unknown :
    Request extends `${string} reports${string}` ?
      Request extends `GET reports/v1/agent-availability/conversations` ? ConversationsOfFigure :
      Request extends `GET reports/v1/agent-states/conversations` ? ConversationsOfFigure :
      Request extends `GET reports/v1/agent-tasks/conversations` ? ConversationsOfFigure :
      Request extends `GET reports/v1/bots/conversations` ? ConversationsOfFigure :
      Request extends `GET reports/v1/channel-sessions/conversations` ? ConversationsOfFigure :
      Request extends `GET reports/v1/conversations/conversations` ? ConversationsOfFigure :
      Request extends `GET reports/v1/first-responses/conversations` ? ConversationsOfFigure :
      Request extends `GET reports/v1/queue-intervals/conversations` ? ConversationsOfFigure :
      Request extends `GET reports/v1/queue-productivity/conversations` ? ConversationsOfFigure :
      Request extends `GET reports/v1/ratings/conversations` ? ConversationsOfFigure :
      Request extends `GET reports/v1/resolutions/conversations` ? ConversationsOfFigure :
      Request extends `GET reports/v1/volume/conversations` ? ConversationsOfFigure :
      Request extends `GET reports/v1/agent-availability` ? AgentAvailabilityReport :
      Request extends `GET reports/v1/agent-states` ? StateRowReport :
      Request extends `GET reports/v1/agent-tasks` ? TaskRowReport :
      Request extends `GET reports/v1/bots` ? BotVolumeReport :
      Request extends `GET reports/v1/channel-sessions` ? SessionRowReport :
      Request extends `GET reports/v1/conversations` ? ConversationReportReport :
      Request extends `GET reports/v1/first-responses` ? FirstResponsesReport :
      Request extends `GET reports/v1/live` ? Dashboard :
      Request extends `GET reports/v1/queue-intervals` ? QueueIntervalReport :
      Request extends `GET reports/v1/queue-productivity` ? ProductivityReport :
      Request extends `GET reports/v1/ratings` ? RatingsReport :
      Request extends `GET reports/v1/resolutions` ? ResolutionsReport :
      Request extends `GET reports/v1/volume` ? VolumeReport :
      Request extends `GET reports/v1` ? ReportDirectory :
      unknown :
    Request extends `${string} healthz${string}` ?
      Request extends `GET healthz` ? { [name: string]: unknown } :
      unknown :
    Request extends `${string} readyz${string}` ?
      Request extends `GET readyz` ? { [name: string]: unknown } :
      unknown :
    unknown;

  /** The body of a request, such as `POST customer/v1/conversations`. */
  type Body<Request extends string> =
    Request extends `${infer Path}?${string}` ? Body<Path> :
    Request extends `${string} agent${string}` ?
      Request extends `PUT agent/v1/me/mrds/${string}/state` ? SetStateRequest :
      Request extends `PUT agent/v1/agents/${string}/state` ? SetAgentStateRequest :
      Request extends `POST agent/v1/conversations/${string}/attachments` ? Upload :
      Request extends `POST agent/v1/conversations/${string}/attributes` ? AttributesRequest :
      Request extends `POST agent/v1/conversations/${string}/conference` ? AssistRequest :
      Request extends `POST agent/v1/conversations/${string}/consult` ? AssistRequest :
      Request extends `POST agent/v1/conversations/${string}/end` ? EndRequest :
      Request extends `POST agent/v1/conversations/${string}/labels` ? LabelsRequest :
      Request extends `POST agent/v1/conversations/${string}/messages` ? MessageRequest :
      Request extends `POST agent/v1/conversations/${string}/notes` ? NoteRequest :
      Request extends `POST agent/v1/conversations/${string}/raise-hand` ? RaiseHandRequest :
      Request extends `POST agent/v1/conversations/${string}/receipts` ? ReceiptRequest :
      Request extends `POST agent/v1/conversations/${string}/transfer` ? HandOverRequest :
      Request extends `POST agent/v1/conversations/${string}/typing` ? Typing :
      Request extends `POST agent/v1/conversations/${string}/whisper` ? WhisperRequest :
      Request extends `POST agent/v1/conversations/${string}/wrap-up` ? WrapUpRequest :
      Request extends `POST agent/v1/queues/${string}/flush` ? FlushRequest :
      Request extends `POST agent/v1/tasks/${string}/decline` ? DeclineRequest :
      Request extends `PUT agent/v1/me/password` ? ChangePasswordRequest :
      Request extends `POST agent/v1/me/primary` ? PrimaryRequest :
      Request extends `PUT agent/v1/me/state` ? SetStateRequest :
      Request extends `POST agent/v1/openid/session` ? OpenIdSessionRequest :
      Request extends `POST agent/v1/announcements` ? AnnouncementRequest :
      Request extends `POST agent/v1/conversations` ? OutboundRequest :
      Request extends `POST agent/v1/login` ? LoginRequest :
      Request extends `POST agent/v1/logout` ? LogoutRequest :
      Request extends `POST agent/v1/refresh` ? RefreshRequest :
      unknown :
    Request extends `${string} admin${string}` ?
      Request extends `PUT admin/v1/agents/${string}/password` ? PasswordRequest :
      Request extends `POST admin/v1/bots/${string}/try` ? BotAttemptRequest :
      Request extends `POST admin/v1/criteria/check` ? CriterionRequest :
      Request extends `PUT admin/v1/agents/${string}` ? Agent :
      Request extends `POST admin/v1/api-keys/${string}` ? NewKeyRequest :
      Request extends `PUT admin/v1/api-keys/${string}` ? ApiKey :
      Request extends `PUT admin/v1/attributes/${string}` ? Attribute :
      Request extends `PUT admin/v1/bots/${string}` ? Bot :
      Request extends `PUT admin/v1/calendars/${string}` ? Calendar :
      Request extends `PUT admin/v1/canned-messages/${string}` ? CannedMessage :
      Request extends `PUT admin/v1/channels/${string}` ? Channel :
      Request extends `PUT admin/v1/mrds/${string}` ? Mrd :
      Request extends `PUT admin/v1/queues/${string}` ? Queue :
      Request extends `PUT admin/v1/reason-codes/${string}` ? ReasonCode :
      Request extends `PUT admin/v1/teams/${string}` ? Team :
      Request extends `PUT admin/v1/webhooks/${string}` ? Webhook :
      Request extends `PUT admin/v1/wrap-up-codes/${string}` ? WrapUpCode :
      Request extends `PUT admin/v1/agents.csv` ? string :
      Request extends `PUT admin/v1/configuration` ? Tables :
      unknown :
    Request extends `${string} customer${string}` ?
      Request extends `POST customer/v1/conversations/${string}/agent-request` ? AgentRequest :
      Request extends `POST customer/v1/conversations/${string}/attachments` ? Upload :
      Request extends `POST customer/v1/conversations/${string}/end` ? Ended :
      Request extends `POST customer/v1/conversations/${string}/messages` ? PostMessage :
      Request extends `POST customer/v1/conversations/${string}/rating` ? Rating :
      Request extends `POST customer/v1/conversations/${string}/receipts` ? Receipt :
      Request extends `POST customer/v1/conversations/${string}/typing` ? Typing :
      Request extends `POST customer/v1/callbacks` ? CallbackRequest :
      Request extends `POST customer/v1/conversations` ? StartConversationRequest :
      Request extends `POST customer/v1/returns` ? ReturnRequest :
      unknown :
    Request extends `${string} extern${string}` ?
      Request extends `POST extern/v1/conversations/${string}/attributes` ? AttributesRequest :
      Request extends `POST extern/v1/conversations/${string}/labels` ? LabelsRequest :
      Request extends `POST extern/v1/webhooks/${string}/rewind` ? RewindRequest :
      Request extends `PUT extern/v1/webhooks/${string}` ? WebhookRequest :
      Request extends `POST extern/v1/messages` ? ApplicationMessageRequest :
      Request extends `POST extern/v1/tasks` ? OutsideTaskRequest :
      Request extends `POST extern/v1/webhooks` ? NewWebhookRequest :
      unknown :
    Request extends `${string} inspect${string}` ?
      Request extends `POST inspect/v1/targets/${string}/rewind` ? RewindRequest :
      unknown :
    unknown;

  /** The names of the parameters that a request may have after the question mark. */
  type Parameter<Request extends string> =
    Request extends `${infer Path}?${string}` ? Parameter<Path> :
    Request extends `${string} extern${string}` ?
      Request extends `POST extern/v1/webhooks/${string}/deliveries/${string}/retry` ? never :
      Request extends `POST extern/v1/conversations/${string}/attributes` ? never :
      Request extends `POST extern/v1/conversations/${string}/labels` ? never :
      Request extends `GET extern/v1/conversations/${string}/transcript` ? "format" | "zone" :
      Request extends `GET extern/v1/webhooks/${string}/deliveries` ? "state" | "before" | "limit" :
      Request extends `POST extern/v1/webhooks/${string}/rewind` ? never :
      Request extends `POST extern/v1/webhooks/${string}/rotate-secret` ? never :
      Request extends `POST extern/v1/webhooks/${string}/test` ? never :
      Request extends `GET extern/v1/agents/states` ? "mrd" :
      Request extends `GET extern/v1/conversations/${string}` ? never :
      Request extends `DELETE extern/v1/tasks/${string}` ? never :
      Request extends `GET extern/v1/tasks/${string}` ? never :
      Request extends `DELETE extern/v1/webhooks/${string}` ? never :
      Request extends `GET extern/v1/webhooks/${string}` ? never :
      Request extends `PUT extern/v1/webhooks/${string}` ? never :
      Request extends `GET extern/v1/conversations` ? "status" | "channel" | "queue" | "team" | "label" | "q" | "after" | "limit" :
      Request extends `GET extern/v1/events` ? "after" | "limit" | "type" | "channel" | "queue" | "team" :
      Request extends `POST extern/v1/messages` ? never :
      Request extends `POST extern/v1/tasks` ? never :
      Request extends `GET extern/v1/webhooks` ? "after" | "limit" :
      Request extends `POST extern/v1/webhooks` ? never :
      string :
    Request extends `${string} agent${string}` ?
      Request extends `PUT agent/v1/me/mrds/${string}/state` ? never :
      Request extends `GET agent/v1/conversations/${string}/attachments/${string}` ? never :
      Request extends `PUT agent/v1/agents/${string}/state` ? never :
      Request extends `POST agent/v1/conversations/${string}/attachments` ? never :
      Request extends `POST agent/v1/conversations/${string}/attributes` ? never :
      Request extends `POST agent/v1/conversations/${string}/barge-in` ? never :
      Request extends `POST agent/v1/conversations/${string}/conference` ? never :
      Request extends `POST agent/v1/conversations/${string}/consult` ? never :
      Request extends `POST agent/v1/conversations/${string}/end` ? never :
      Request extends `POST agent/v1/conversations/${string}/labels` ? never :
      Request extends `POST agent/v1/conversations/${string}/leave` ? never :
      Request extends `POST agent/v1/conversations/${string}/messages` ? never :
      Request extends `POST agent/v1/conversations/${string}/monitor` ? never :
      Request extends `POST agent/v1/conversations/${string}/notes` ? never :
      Request extends `POST agent/v1/conversations/${string}/raise-hand` ? never :
      Request extends `POST agent/v1/conversations/${string}/receipts` ? never :
      Request extends `POST agent/v1/conversations/${string}/take-over` ? never :
      Request extends `GET agent/v1/conversations/${string}/targets` ? never :
      Request extends `POST agent/v1/conversations/${string}/transfer` ? never :
      Request extends `POST agent/v1/conversations/${string}/typing` ? never :
      Request extends `POST agent/v1/conversations/${string}/whisper` ? never :
      Request extends `POST agent/v1/conversations/${string}/wrap-up` ? never :
      Request extends `DELETE agent/v1/me/sessions/${string}` ? never :
      Request extends `POST agent/v1/queues/${string}/flush` ? never :
      Request extends `POST agent/v1/tasks/${string}/accept` ? never :
      Request extends `POST agent/v1/tasks/${string}/decline` ? never :
      Request extends `GET agent/v1/tasks/${string}/explain` ? "zone" :
      Request extends `GET agent/v1/tasks/${string}/offer` ? never :
      Request extends `POST agent/v1/me/activity` ? never :
      Request extends `PUT agent/v1/me/password` ? never :
      Request extends `POST agent/v1/me/primary` ? never :
      Request extends `DELETE agent/v1/me/sessions` ? never :
      Request extends `GET agent/v1/me/sessions` ? never :
      Request extends `PUT agent/v1/me/state` ? never :
      Request extends `GET agent/v1/openid/callback` ? "state" | "code" | "error" | "iss" :
      Request extends `GET agent/v1/openid/login` ? "return_to" | "code_challenge" :
      Request extends `POST agent/v1/openid/session` ? never :
      Request extends `GET agent/v1/conversations/${string}` ? never :
      Request extends `GET agent/v1/agents` ? never :
      Request extends `POST agent/v1/announcements` ? never :
      Request extends `GET agent/v1/canned-messages` ? "queue" | "language" :
      Request extends `GET agent/v1/channels` ? never :
      Request extends `GET agent/v1/codes` ? never :
      Request extends `GET agent/v1/conversations` ? "status" | "agent" | "queue" | "customer" | "label" | "hand_raised" | "q" | "after" | "limit" :
      Request extends `POST agent/v1/conversations` ? never :
      Request extends `GET agent/v1/events` ? "after" | "limit" | "place" | "primary" :
      Request extends `GET agent/v1/floor` ? never :
      Request extends `POST agent/v1/login` ? never :
      Request extends `GET agent/v1/login-options` ? never :
      Request extends `POST agent/v1/logout` ? never :
      Request extends `GET agent/v1/me` ? never :
      Request extends `GET agent/v1/queues` ? never :
      Request extends `POST agent/v1/refresh` ? never :
      Request extends `GET agent/v1/tasks` ? "queue" | "limit" :
      string :
    Request extends `${string} customer${string}` ?
      Request extends `GET customer/v1/conversations/${string}/attachments/${string}` ? never :
      Request extends `POST customer/v1/conversations/${string}/agent-request` ? never :
      Request extends `POST customer/v1/conversations/${string}/attachments` ? never :
      Request extends `POST customer/v1/conversations/${string}/end` ? never :
      Request extends `GET customer/v1/conversations/${string}/events` ? "after" | "limit" :
      Request extends `POST customer/v1/conversations/${string}/messages` ? never :
      Request extends `POST customer/v1/conversations/${string}/rating` ? never :
      Request extends `POST customer/v1/conversations/${string}/receipts` ? never :
      Request extends `GET customer/v1/conversations/${string}/transcript` ? "format" | "zone" :
      Request extends `POST customer/v1/conversations/${string}/typing` ? never :
      Request extends `GET customer/v1/conversations/${string}` ? never :
      Request extends `GET customer/v1/availability` ? "channel" :
      Request extends `GET customer/v1/callback-options` ? "channel" :
      Request extends `POST customer/v1/callbacks` ? never :
      Request extends `POST customer/v1/conversations` ? never :
      Request extends `POST customer/v1/returns` ? never :
      Request extends `GET customer/v1/widget` ? "channel" | "language" :
      string :
    Request extends `${string} admin${string}` ?
      Request extends `PUT admin/v1/agents/${string}/password` ? never :
      Request extends `POST admin/v1/bots/${string}/try` ? never :
      Request extends `POST admin/v1/channels/${string}/check` ? never :
      Request extends `POST admin/v1/channels/${string}/setup` ? never :
      Request extends `POST admin/v1/history/${string}/undo` ? never :
      Request extends `POST admin/v1/webhooks/${string}/rotate-secret` ? never :
      Request extends `POST admin/v1/webhooks/${string}/test` ? never :
      Request extends `POST admin/v1/criteria/check` ? never :
      Request extends `DELETE admin/v1/agents/${string}` ? never :
      Request extends `GET admin/v1/agents/${string}` ? never :
      Request extends `PUT admin/v1/agents/${string}` ? never :
      Request extends `DELETE admin/v1/api-keys/${string}` ? never :
      Request extends `GET admin/v1/api-keys/${string}` ? never :
      Request extends `POST admin/v1/api-keys/${string}` ? never :
      Request extends `PUT admin/v1/api-keys/${string}` ? never :
      Request extends `DELETE admin/v1/attributes/${string}` ? never :
      Request extends `GET admin/v1/attributes/${string}` ? never :
      Request extends `PUT admin/v1/attributes/${string}` ? never :
      Request extends `DELETE admin/v1/bots/${string}` ? never :
      Request extends `GET admin/v1/bots/${string}` ? never :
      Request extends `PUT admin/v1/bots/${string}` ? never :
      Request extends `DELETE admin/v1/calendars/${string}` ? never :
      Request extends `GET admin/v1/calendars/${string}` ? never :
      Request extends `PUT admin/v1/calendars/${string}` ? never :
      Request extends `DELETE admin/v1/canned-messages/${string}` ? never :
      Request extends `GET admin/v1/canned-messages/${string}` ? never :
      Request extends `PUT admin/v1/canned-messages/${string}` ? never :
      Request extends `DELETE admin/v1/channels/${string}` ? never :
      Request extends `GET admin/v1/channels/${string}` ? never :
      Request extends `PUT admin/v1/channels/${string}` ? never :
      Request extends `DELETE admin/v1/mrds/${string}` ? never :
      Request extends `GET admin/v1/mrds/${string}` ? never :
      Request extends `PUT admin/v1/mrds/${string}` ? never :
      Request extends `DELETE admin/v1/queues/${string}` ? never :
      Request extends `GET admin/v1/queues/${string}` ? never :
      Request extends `PUT admin/v1/queues/${string}` ? never :
      Request extends `DELETE admin/v1/reason-codes/${string}` ? never :
      Request extends `GET admin/v1/reason-codes/${string}` ? never :
      Request extends `PUT admin/v1/reason-codes/${string}` ? never :
      Request extends `DELETE admin/v1/teams/${string}` ? never :
      Request extends `GET admin/v1/teams/${string}` ? never :
      Request extends `PUT admin/v1/teams/${string}` ? never :
      Request extends `DELETE admin/v1/webhooks/${string}` ? never :
      Request extends `GET admin/v1/webhooks/${string}` ? never :
      Request extends `PUT admin/v1/webhooks/${string}` ? never :
      Request extends `DELETE admin/v1/wrap-up-codes/${string}` ? never :
      Request extends `GET admin/v1/wrap-up-codes/${string}` ? never :
      Request extends `PUT admin/v1/wrap-up-codes/${string}` ? never :
      Request extends `GET admin/v1/agents` ? "after" | "limit" :
      Request extends `GET admin/v1/agents.csv` ? "delimiter" :
      Request extends `PUT admin/v1/agents.csv` ? never :
      Request extends `GET admin/v1/api-keys` ? "after" | "limit" :
      Request extends `GET admin/v1/attributes` ? "after" | "limit" :
      Request extends `GET admin/v1/bots` ? "after" | "limit" :
      Request extends `GET admin/v1/calendars` ? "after" | "limit" :
      Request extends `GET admin/v1/canned-messages` ? "after" | "limit" :
      Request extends `GET admin/v1/channels` ? "after" | "limit" :
      Request extends `GET admin/v1/configuration` ? "format" :
      Request extends `PUT admin/v1/configuration` ? "replace" | "check" :
      Request extends `GET admin/v1/history` ? "kind" | "name" | "changed_by" | "correlation_id" | "before" | "limit" :
      Request extends `GET admin/v1/mrds` ? "after" | "limit" :
      Request extends `GET admin/v1/queues` ? "after" | "limit" :
      Request extends `GET admin/v1/reason-codes` ? "after" | "limit" :
      Request extends `GET admin/v1/scopes` ? never :
      Request extends `GET admin/v1/teams` ? "after" | "limit" :
      Request extends `GET admin/v1/webhooks` ? "after" | "limit" :
      Request extends `GET admin/v1/wrap-up-codes` ? "after" | "limit" :
      string :
    Request extends `${string} inspect${string}` ?
      Request extends `POST inspect/v1/deliveries/${string}/retry` ? never :
      Request extends `GET inspect/v1/streams/${string}/state` ? "version" | "at" | "zone" :
      Request extends `POST inspect/v1/targets/${string}/resume` ? never :
      Request extends `POST inspect/v1/targets/${string}/retry` ? never :
      Request extends `POST inspect/v1/targets/${string}/rewind` ? never :
      Request extends `GET inspect/v1/correlations/${string}` ? "after" | "limit" | "zone" :
      Request extends `DELETE inspect/v1/deliveries/${string}` ? never :
      Request extends `GET inspect/v1/deliveries/${string}` ? never :
      Request extends `GET inspect/v1/events/${string}` ? "zone" :
      Request extends `GET inspect/v1/streams/${string}` ? "after" | "limit" | "zone" | "before" :
      Request extends `GET inspect/v1/deliveries` ? "target" | "state" | "before" | "limit" :
      Request extends `GET inspect/v1/events` ? "after" | "limit" | "zone" | "where" :
      Request extends `GET inspect/v1/find` ? "q" :
      Request extends `GET inspect/v1/floor` ? "at" :
      Request extends `GET inspect/v1/streams` ? "category" | "q" | "channel" | "status" | "customer" | "agent" | "cursor" | "limit" :
      Request extends `GET inspect/v1/targets` ? never :
      string :
    Request extends `${string} reports${string}` ?
      Request extends `GET reports/v1/agent-availability/conversations` ? "figure" | "from" | "to" | "zone" | "agent" | "team" | "mrd" | "limit" | "cursor" | "after_position" :
      Request extends `GET reports/v1/agent-states/conversations` ? "figure" | "from" | "to" | "zone" | "agent" | "team" | "mrd" | "limit" | "cursor" | "after_position" :
      Request extends `GET reports/v1/agent-tasks/conversations` ? "figure" | "from" | "to" | "zone" | "agent" | "team" | "queue" | "mrd" | "channel" | "direction" | "limit" | "cursor" | "after_position" :
      Request extends `GET reports/v1/bots/conversations` ? "figure" | "from" | "to" | "zone" | "channel" | "bot" | "limit" | "cursor" | "after_position" :
      Request extends `GET reports/v1/channel-sessions/conversations` ? "figure" | "from" | "to" | "zone" | "channel" | "limit" | "cursor" | "after_position" :
      Request extends `GET reports/v1/conversations/conversations` ? "figure" | "from" | "to" | "zone" | "agent" | "team" | "queue" | "mrd" | "channel" | "direction" | "limit" | "cursor" | "after_position" :
      Request extends `GET reports/v1/first-responses/conversations` ? "figure" | "from" | "to" | "zone" | "agent" | "team" | "queue" | "mrd" | "channel" | "limit" | "cursor" | "after_position" :
      Request extends `GET reports/v1/queue-intervals/conversations` ? "figure" | "from" | "to" | "zone" | "agent" | "team" | "queue" | "mrd" | "channel" | "direction" | "limit" | "cursor" | "after_position" :
      Request extends `GET reports/v1/queue-productivity/conversations` ? "figure" | "from" | "to" | "zone" | "agent" | "team" | "queue" | "mrd" | "channel" | "direction" | "limit" | "cursor" | "after_position" :
      Request extends `GET reports/v1/ratings/conversations` ? "figure" | "from" | "to" | "zone" | "agent" | "team" | "queue" | "mrd" | "channel" | "direction" | "limit" | "cursor" | "after_position" :
      Request extends `GET reports/v1/resolutions/conversations` ? "figure" | "from" | "to" | "zone" | "agent" | "team" | "queue" | "mrd" | "channel" | "direction" | "limit" | "cursor" | "after_position" :
      Request extends `GET reports/v1/volume/conversations` ? "figure" | "from" | "to" | "zone" | "queue" | "mrd" | "channel" | "direction" | "limit" | "cursor" | "after_position" :
      Request extends `GET reports/v1/agent-availability` ? "from" | "to" | "zone" | "interval" | "by" | "compare" | "agent" | "team" | "mrd" | "format" | "delimiter" | "after_position" :
      Request extends `GET reports/v1/agent-states` ? "from" | "to" | "zone" | "limit" | "cursor" | "agent" | "team" | "mrd" | "format" | "delimiter" | "after_position" :
      Request extends `GET reports/v1/agent-tasks` ? "from" | "to" | "zone" | "limit" | "cursor" | "agent" | "team" | "queue" | "mrd" | "channel" | "direction" | "format" | "delimiter" | "after_position" :
      Request extends `GET reports/v1/bots` ? "from" | "to" | "zone" | "interval" | "by" | "compare" | "channel" | "bot" | "format" | "delimiter" | "after_position" :
      Request extends `GET reports/v1/channel-sessions` ? "from" | "to" | "zone" | "limit" | "cursor" | "channel" | "format" | "delimiter" | "after_position" :
      Request extends `GET reports/v1/conversations` ? "from" | "to" | "zone" | "limit" | "cursor" | "agent" | "team" | "queue" | "mrd" | "channel" | "direction" | "format" | "delimiter" | "after_position" :
      Request extends `GET reports/v1/first-responses` ? "from" | "to" | "zone" | "interval" | "by" | "compare" | "agent" | "team" | "queue" | "mrd" | "channel" | "format" | "delimiter" | "after_position" :
      Request extends `GET reports/v1/live` ? "zone" | "queue" :
      Request extends `GET reports/v1/queue-intervals` ? "from" | "to" | "zone" | "interval" | "by" | "compare" | "agent" | "team" | "queue" | "mrd" | "channel" | "direction" | "format" | "delimiter" | "after_position" :
      Request extends `GET reports/v1/queue-productivity` ? "from" | "to" | "zone" | "interval" | "by" | "compare" | "agent" | "team" | "queue" | "mrd" | "channel" | "direction" | "format" | "delimiter" | "after_position" :
      Request extends `GET reports/v1/ratings` ? "from" | "to" | "zone" | "interval" | "by" | "compare" | "agent" | "team" | "queue" | "mrd" | "channel" | "direction" | "format" | "delimiter" | "after_position" :
      Request extends `GET reports/v1/resolutions` ? "from" | "to" | "zone" | "interval" | "by" | "compare" | "agent" | "team" | "queue" | "mrd" | "channel" | "direction" | "format" | "delimiter" | "after_position" :
      Request extends `GET reports/v1/volume` ? "from" | "to" | "zone" | "interval" | "by" | "compare" | "queue" | "mrd" | "channel" | "direction" | "format" | "delimiter" | "after_position" :
      Request extends `GET reports/v1` ? never :
      string :
    Request extends `${string} healthz${string}` ?
      Request extends `GET healthz` ? never :
      string :
    Request extends `${string} readyz${string}` ?
      Request extends `GET readyz` ? never :
      string :
    string;

  interface AcceptedTask {
    conversation_id: string;
  }

  interface Acknowledged {
    version: number;
  }

  /**
   * The customer to whom an agent writes. What is left out is as in the customer's last conversation on the
   * channel.
   */
  interface AddressedCustomer {
    /** As the channel's connector knows the customer; on a channel of kind web, as the site has signed it. It has no open conversation on the channel, and on one of kind web an earlier one. */
    id: string;
    name?: string | null;
    email?: string | null;
    phone?: string | null;
    /** Any JSON that has at most 16 KiB and nests at most 32 levels deep. */
    attributes?: { [name: string]: unknown };
  }

  /**
   * `mrds` names the agent's MRDs; empty means all of them. `email` is the address by which an OpenID provider
   * knows the agent. An agent who is `disabled` cannot log in, and is kept with the password for later.
   */
  interface Agent {
    name: string;
    role?: "administrator" | "agent" | "supervisor";
    team?: string | null;
    mrds?: Array<string>;
    attributes?: { [name: string]: boolean | number };
    email?: string | null;
    disabled?: boolean;
  }

  /** A sign of life after the warning. */
  interface AgentActivityReported {
    reported_at: string;
  }

  /** The agent's attributes, by which queues choose, are others than the router knew. */
  interface AgentAttributesLearned {
    agent_id: string;
    attributes: { [name: string]: boolean | number };
  }

  interface AgentAvailability {
    /** When the interval begins, by the clock on the wall. */
    interval: string;
    /** The agent. */
    agent_id: string | null;
    /** The MRD (media routing domain). */
    mrd: string | null;
    /** Seconds in the MRD while logged in: the sum of the states. */
    logged_in: number;
    /** Seconds not ready. */
    not_ready: number;
    /** Seconds ready, without a task. */
    ready: number;
    /** Seconds with an offer and no task. */
    reserved: number;
    /** Seconds with tasks, and room for more. */
    active: number;
    /** Seconds with as many tasks as may be held. */
    busy: number;
    /** Seconds with tasks, taking no more. */
    pending_not_ready: number;
    /** Seconds interrupted by a task of another MRD. */
    interrupted: number;
    /** (ready + active) ÷ logged_in, in per cent. */
    availability: number | null;
    /** (active + busy + pending_not_ready) ÷ (logged_in - not_ready - interrupted), in per cent: the share of the time ready for work in which there was work, wrap-up included. */
    occupancy: number | null;
  }

  /**
   * The agent's report: whether tasks are wanted, how many are held beyond offers, and since when the agent is free.
   *
   * `returned` is true when the agent came back to ready, which lifts the exclusions from earlier offers. `served`
   * are the tasks that the agent has closed since the last report.
   */
  interface AgentAvailabilityChanged {
    agent_id: string;
    accepting: boolean;
    max_tasks: number;
    active_tasks: number;
    available_since: string;
    returned: boolean;
    served?: Array<ServedTask>;
  }

  interface AgentAvailabilityPrevious {
    from: string;
    to: string;
    as_of: string;
    days: number;
    intervals: Array<ReportInterval>;
    rows: Array<AgentAvailability>;
  }

  interface AgentAvailabilityReport {
    report: string;
    zone: string;
    interval: string;
    by: Array<string>;
    from: string;
    to: string;
    as_of: string;
    position: number;
    masked: boolean;
    rows: Array<AgentAvailability>;
    next: string | null;
    intervals: Array<ReportInterval>;
    previous: AgentAvailabilityPrevious | null;
  }

  /** The configuration changed while the agent was logged in. Tasks that are held stay. */
  interface AgentConfigured {
    name: string;
    mrds: { [name: string]: MrdSettings };
    attributes: { [name: string]: boolean | number };
  }

  /** The agent follows the feed: the lease on the agent's presence is held. */
  interface AgentConnected {
  }

  /** The agent's last feed closed. Unless one opens before, the agent is logged out at `expires_at`. */
  interface AgentDisconnected {
    expires_at: string;
  }

  /** An event as a feed delivers it. A conversation's feed counts versions, the other feeds count positions. */
  type AgentFeedEvent = {
    at: string;
    version?: number | null;
    position?: number | null;
    conversation_id?: string | null;
  } & (
    | { type: "AgentConfigured"; data: AgentConfigured }
    | { type: "AgentIdleWarned"; data: AgentIdleWarned }
    | { type: "AgentJoined"; data: AgentJoined }
    | { type: "AgentLeft"; data: AgentLeft }
    | { type: "AgentLoggedIn"; data: AgentLoggedIn }
    | { type: "AgentLoggedOut"; data: AgentLoggedOut }
    | { type: "AgentMrdStateChanged"; data: AgentMrdStateChanged }
    | { type: "AgentMrdStateRequested"; data: AgentMrdStateRequested }
    | { type: "AgentReminded"; data: AgentReminded }
    | { type: "AgentRequested"; data: AgentRequested }
    | { type: "AgentRoleChanged"; data: AgentRoleChanged }
    | { type: "AgentStateChanged"; data: AgentStateChanged }
    | { type: "AnnouncementReceived"; data: AnnouncementReceived }
    | { type: "AssistEnded"; data: AssistEnded }
    | { type: "AssistRequested"; data: AssistRequested }
    | { type: "AttributesChanged"; data: AttributesChanged }
    | { type: "BotAssigned"; data: BotAssigned }
    | { type: "BotFailed"; data: BotFailed }
    | { type: "BotReplyDropped"; data: BotReplyDropped }
    | { type: "BotSaidNothing"; data: BotSaidNothing }
    | { type: "ConversationEnded"; data: ConversationEnded }
    | { type: "ConversationRated"; data: ConversationRated }
    | { type: "ConversationStarted"; data: ConversationStarted }
    | { type: "CustomerActivityNoticed"; data: CustomerActivityNoticed }
    | { type: "CustomerReminded"; data: CustomerReminded }
    | { type: "CustomerReturned"; data: CustomerReturned }
    | { type: "HandLowered"; data: HandLowered }
    | { type: "HandRaised"; data: HandRaised }
    | { type: "LabelsChanged"; data: LabelsChanged }
    | { type: "MessagePosted"; data: MessagePosted }
    | { type: "NoteAdded"; data: NoteAdded }
    | { type: "OfferExpired"; data: OfferExpired }
    | { type: "OfferWithdrawn"; data: OfferWithdrawn }
    | { type: "QueueChanged"; data: QueueChanged }
    | { type: "ReceiptRecorded"; data: ReceiptRecorded }
    | { type: "SuggestionPosted"; data: SuggestionPosted }
    | { type: "TaskAccepted"; data: TaskAccepted }
    | { type: "TaskAssignedDirectly"; data: TaskAssignedDirectly }
    | { type: "TaskClosed"; data: TaskClosed }
    | { type: "TaskDeclined"; data: TaskDeclined }
    | { type: "TaskReserved"; data: TaskReserved }
    | { type: "WhisperPosted"; data: WhisperPosted }
    | { type: "WrapUpCompleted"; data: WrapUpCompleted }
    | { type: "WrapUpStarted"; data: WrapUpStarted }
    | { type: "TypingChanged"; data: TypingChanged }
    | { type: "Heartbeat"; data: Heartbeat }
    | { type: "PrimaryChanged"; data: PrimaryChanged }
  );

  /** One page of a feed. `next` is the cursor to go on from. */
  interface AgentFeedPage {
    events: Array<AgentFeedEvent>;
    next: number;
  }

  /** Unless the agent does something, the agent is logged out at `expires_at`. */
  interface AgentIdleWarned {
    expires_at: string;
  }

  /** The agent takes part in the conversation from now on, in this `role`. */
  interface AgentJoined {
    agent_id: string;
    agent_name: string;
    role: "assistant" | "coach" | "consultant" | "monitor" | "primary";
    task_id: string;
    direction?: "barge_in" | "conference" | "consult" | "inbound" | "monitor" | "outbound" | "transfer_consult" | "transfer_direct";
    expects?: ExpectedAnswer | null;
  }

  interface AgentJoinedForCustomer {
    agent_id: string;
    agent_name: string;
    role: "assistant" | "coach" | "consultant" | "monitor" | "primary";
  }

  /** The agent takes part in the conversation no more. */
  interface AgentLeft {
    agent_id: string;
    reason: "agent_logout" | "connection_lost" | "conversation_ended" | "left" | "response_timeout" | "taken_over" | "transferred";
  }

  /**
   * The agent's shift has begun. `mrds` are the agent's MRDs (media routing domains). An agent who is not ready and
   * without tasks for `idle_logout_seconds` is logged out; one whose last feed closed, after
   * `connection_grace_seconds`.
   */
  interface AgentLoggedIn {
    agent_id: string;
    name: string;
    mrds: { [name: string]: MrdSettings };
    attributes?: { [name: string]: boolean | number };
    logged_in_at?: string | null;
    idle_logout_seconds?: number | null;
    connection_grace_seconds?: number;
  }

  /** The agent's shift has ended; `reason` is the agent's, a supervisor's or the system's. */
  interface AgentLoggedOut {
    reason: string;
  }

  /** The agent's state in an MRD has changed. It is derived from what the agent asked for and the tasks held. */
  interface AgentMrdStateChanged {
    mrd: string;
    state: "active" | "busy" | "interrupted" | "not_ready" | "pending_not_ready" | "ready" | "reserved";
    previous: "active" | "busy" | "interrupted" | "not_ready" | "pending_not_ready" | "ready" | "reserved";
    reason: string | null;
  }

  /** The agent has asked to be ready or not ready in one MRD (media routing domain). */
  interface AgentMrdStateRequested {
    mrd: string;
    state: "not_ready" | "ready";
    reason: string | null;
  }

  /** So much of the time to answer is over; the conversation goes to another agent at `ends_at`. */
  interface AgentReminded {
    percent: number;
    ends_at: string;
  }

  interface AgentRequest {
    queue?: string | null;
    reason?: string | null;
  }

  /**
   * The conversation waits for an agent: the customer, the bot, an agent or the system has asked for one.
   * `queued_at` may lie before the event: a task that comes back keeps its place, by its `priority` too.
   * `to_agent` is wanted first. The `note` is for the agent who takes over.
   */
  interface AgentRequested {
    task_id: string;
    queue: QueueSettings;
    reason: string | null;
    requested_by: Sender;
    queued_at: string;
    direction?: "barge_in" | "conference" | "consult" | "inbound" | "monitor" | "outbound" | "transfer_consult" | "transfer_direct";
    to_agent?: string | null;
    note?: string | null;
    priority?: number;
  }

  interface AgentRequestedForCustomer {
    task_id: string;
    queue: QueueSettings;
    requested_by: Sender;
    queued_at: string;
    priority?: number;
  }

  /**
   * An agent who takes part already has another role from now on. `request_id` is the id of the transfer or
   * conference by which an agent who was in already got the role.
   */
  interface AgentRoleChanged {
    agent_id: string;
    role: "assistant" | "coach" | "consultant" | "monitor" | "primary";
    direction: "barge_in" | "conference" | "consult" | "inbound" | "monitor" | "outbound" | "transfer_consult" | "transfer_direct";
    request_id?: string | null;
    expects?: ExpectedAnswer | null;
  }

  /** `since` is the time of the last change of one of the agent's states. */
  interface AgentStanding {
    agent_id: string;
    name: string;
    state: string;
    mrds: Array<MrdState>;
    tasks: Array<Task>;
    reason?: string | null;
    since?: string | null;
  }

  interface AgentStandings {
    agents: Array<AgentStanding>;
  }

  interface AgentState {
    agent_id: string;
    name: string;
    state: string;
    mrds: Array<MrdState>;
    reason?: string | null;
    since?: string | null;
  }

  /** The agent is ready or not ready from now on, as asked for, or because an offer was not answered. */
  interface AgentStateChanged {
    state: "not_ready" | "ready";
    reason: string | null;
    changed_at?: string | null;
  }

  /**
   * Another agent. `free_slots` counts the tasks that the agent has room for in the MRD in which the agent is
   * asked; one who has none is waited for. `role` is that of an agent who takes part already.
   */
  interface AgentTarget {
    agent_id: string;
    name: string;
    state: string;
    mrds: Array<MrdState>;
    reason?: string | null;
    since?: string | null;
    free_slots: number;
    obstacles: Obstacles;
    role?: string | null;
  }

  interface Agents {
    agents: Array<AgentState>;
  }

  /** `agents` is the number of agents whom the announcement has reached. */
  interface Announced {
    announcement_id: string;
    agents: number;
  }

  /** A supervisor announces something to the agents. */
  interface AnnouncementReceived {
    announcement_id: string;
    announced_by: string;
    text: string;
  }

  /** The announcement goes to all agents who are logged in, or to those of one team. */
  interface AnnouncementRequest {
    text: string;
    team?: string | null;
    id?: string | null;
  }

  /**
   * `sha256` is the hexadecimal digest of the key; the key itself is not kept anywhere. The scope
   * `inspect` lets a key read the journal, `reports` the reports, and `personal` the personal data in them.
   */
  interface ApiKey {
    /** A SHA-256 digest in 64 hexadecimal digits. */
    sha256: string;
    scopes: Array<"admin" | "bot" | "connector" | "extern" | "inspect" | "personal" | "reports">;
  }

  /**
   * An application writes into a conversation, `conversation_id`, or to a `customer` of a `channel`. `id` is
   * that of the message. `queue`, which is the channel's own when it is left out, `language`, a BCP 47 tag, and
   * `attributes` are those of the conversation that starts when the customer has no open one.
   */
  interface ApplicationMessageRequest {
    content: PostedText | PostedImage | PostedAudio | PostedVideo | PostedFile | ButtonsContent | CarouselContent | LocationContent | ContactContent | FormContent | NotificationContent | RatingContent | CustomContent;
    id?: string | null;
    conversation_id?: string | null;
    channel?: string | null;
    customer?: WrittenCustomer | null;
    queue?: string | null;
    language?: string | null;
    /** Any JSON that has at most 16 KiB and nests at most 32 levels deep. */
    attributes?: { [name: string]: unknown };
  }

  /** A question of the form before the chat, in one language. */
  interface AskedQuestion {
    name: string;
    label: string;
    kind: string;
    required?: boolean;
    options?: Array<OfferedChoice>;
  }

  /** The request for help has ended: no agent came, or none is needed any more. */
  interface AssistEnded {
    task_id: string;
    reason: string;
  }

  /**
   * `note` is for the agent who comes, from a queue or named; no bot is asked. `id` is the id of the task
   * that looks for that agent. `override` admits a queue that is closed, or for which no agent works.
   */
  interface AssistRequest {
    to: Target;
    note?: string | null;
    id?: string | null;
    override?: boolean;
  }

  /** The agent wants another agent in: `consult` without the customer's knowledge, `conference` with it. */
  interface AssistRequested {
    task_id: string;
    agent_id: string;
    direction: "conference" | "consult";
    queue: QueueSettings;
    to_agent: string | null;
    note: string | null;
  }

  /** An attachment in the words of a bot: an address, of any kind of thing. */
  interface AttachmentContent {
    type: "attachment";
    url: string;
  }

  /** The size and the media types that an upload may have. */
  interface AttachmentLimits {
    max_bytes: number;
    media_types: Array<string>;
  }

  /** A skill: a boolean, which an agent has or lacks, or a proficiency from 1 to 10. */
  interface Attribute {
    type: "boolean" | "proficiency";
  }

  /**
   * An agent or an application has set or removed attributes of the conversation. `attributes` are those that
   * changed; None removes one.
   */
  interface AttributesChanged {
    attributes: { [name: string]: unknown };
    changed_by: Sender;
  }

  /** An attribute with the value null is removed. */
  interface AttributesRequest {
    /** Any JSON that has at most 16 KiB and nests at most 32 levels deep. */
    attributes: { [name: string]: unknown };
  }

  interface AudioContent {
    type: "audio";
    url?: string | null;
    attachment_id?: string | null;
    name?: string | null;
    media_type?: string | null;
    size?: number | null;
    text?: string | null;
  }

  /**
   * `opens_at` is given while the queue is closed, `closes_at` while it is open; neither if the time never comes.
   * `callback` is the channel for callbacks. Of the `agents_eligible`, who may ever serve the queue, some are logged
   * in and some are ready for a customer now.
   */
  interface Availability {
    open: boolean;
    queue: string;
    waiting: number;
    agents_ready: number;
    agents_logged_in: number;
    agents_eligible: number;
    opens_at?: string | null;
    closes_at?: string | null;
    estimated_wait_seconds?: number | null;
    callback?: string | null;
  }

  /**
   * A bot behind Rasa's REST channel at `url`. Each of `tries` may take `timeout_seconds`. After
   * `silent_turns` answers in a row that say nothing, an agent is requested; after 0, never. A bot that `suggests`
   * stays when an agent takes over; its answers are then suggestions that only agents see. Calls are signed with
   * `signing_secret` as Standard Webhooks has it, and carry the headers of `secret_headers`; both name secrets of
   * the settings.
   */
  interface Bot {
    /** An address that begins with http:// or https://. */
    url: string;
    timeout_seconds?: number;
    tries?: number;
    backoff_seconds?: number;
    silent_turns?: number;
    suggests?: boolean;
    signing_secret?: string | null;
    secret_headers?: { [name: string]: string };
  }

  /** The bot owns the answer again: an agent has handed the conversation over. */
  interface BotAssigned {
    bot: string;
    suggests: boolean;
    assigned_by: Sender;
    note: string | null;
    expects?: ExpectedAnswer | null;
  }

  interface BotAssignedForCustomer {
    bot: string;
  }

  /**
   * The answer of a bot that was tried out, after so many `seconds`: `contents` are the messages that it would
   * post, `left_out` says what of its answer cannot be posted. `failure` says why there is no answer. `sender` is
   * the id by which the bot knows the dialogue.
   */
  interface BotAttempt {
    sender: string;
    seconds: number;
    contents?: Array<TextContent | ImageContent | AudioContent | VideoContent | FileContent | AttachmentContent | ButtonsContent | CarouselContent | LocationContent | ContactContent | NotificationContent | FormContent | FormAnswersContent | RatingContent | CustomContent>;
    handoff?: BotHandoff | null;
    left_out?: Array<string>;
    failure?: string | null;
  }

  /** `sender` is that of an earlier answer, to go on with its dialogue. */
  interface BotAttemptRequest {
    text: string;
    sender?: string | null;
  }

  /**
   * The bot could not be reached, or did not answer as it should, `attempts` times; the conversation goes to the
   * agents.
   */
  interface BotFailed {
    bot: string;
    attempts: number;
    error: string;
  }

  /** The bot wants an agent to take over, of this queue if it names one. */
  interface BotHandoff {
    queue: string | null;
    reason: string | null;
  }

  /** The bot answered after it had lost the conversation. `reason` is `stale` or `ended`. */
  interface BotReplyDropped {
    message_id: string;
    bot: string;
    reason: "ended" | "stale";
  }

  /**
   * The bot answered the customer's message with nothing, and did not say that it meant to. `turns` counts such
   * answers since the customer heard something last.
   */
  interface BotSaidNothing {
    bot: string;
    message_id: string;
    turns: number;
  }

  /** A bot to which a conversation may be given back. One that `suggests` stays when an agent takes over. */
  interface BotTarget {
    bot: string;
    suggests: boolean;
  }

  interface BotVolume {
    /** When the interval begins, by the clock on the wall. */
    interval: string;
    /** The bot. */
    bot: string | null;
    /** The conversation's channel. */
    channel: string | null;
    /** Conversations in which a turn began. */
    conversations: number;
    /** Turns that began. */
    turns: number;
    /** Ended with the conversation. */
    contained: number;
    /** Ended because an agent was asked for. */
    handed_off: number;
    /** An agent was asked for after the bot had failed. */
    failed: number;
    /** A supervisor took over. */
    taken_over: number;
    /** Still going on. */
    open: number;
    /** contained ÷ (turns - open), in per cent: the share of the turns that are over in which no human came in. */
    containment: number | null;
    /** Messages that the bot posted in these turns. */
    replies: number;
  }

  interface BotVolumePrevious {
    from: string;
    to: string;
    as_of: string;
    days: number;
    intervals: Array<ReportInterval>;
    rows: Array<BotVolume>;
  }

  interface BotVolumeReport {
    report: string;
    zone: string;
    interval: string;
    by: Array<string>;
    from: string;
    to: string;
    as_of: string;
    position: number;
    masked: boolean;
    rows: Array<BotVolume>;
    next: string | null;
    intervals: Array<ReportInterval>;
    previous: BotVolumePrevious | null;
  }

  interface Button {
    title: string;
    payload: string;
  }

  interface ButtonsContent {
    type: "buttons";
    buttons: Array<Button>;
    text?: string | null;
  }

  /**
   * Business hours in the IANA time zone `zone`. `shifts` maps days to spans such as `09:00-17:30`; `24:00`
   * ends a day. A span ends after it starts, and overlaps no other of its day. `holidays` are dates on which nothing
   * is open, beside those of `country` (ISO 3166-1, such as `AT`) and its `subdivision`.
   */
  interface Calendar {
    /** An IANA time zone. */
    zone: string;
    shifts?: { [name: string]: Array<string> };
    holidays?: Array<string>;
    country?: string | null;
    subdivision?: string | null;
  }

  /**
   * `calling_codes` are by country (ISO 3166-1), and a number without one is of `country`. `openings` are those
   * of the next 14 days, cut off where the days are over. `opens_at` is given while the queue is closed: customers who
   * want a call as soon as possible get it then.
   */
  interface CallbackOptions {
    calling_codes: { [name: string]: string };
    openings: Array<OpeningSpan>;
    country?: string | null;
    opens_at?: string | null;
  }

  /**
   * `phone` begins with its country code, unless it is of the country of the queue's calendar. Without
   * `wanted_at` the customer is called as soon as possible. `channel` may be left out when there is one for
   * callbacks.
   */
  interface CallbackRequest {
    name: string;
    /** A telephone number as its country has them. */
    phone: string;
    id?: string | null;
    channel?: string | null;
    subject?: string | null;
    wanted_at?: string | null;
    /** Any JSON that has at most 16 KiB and nests at most 32 levels deep. */
    attributes?: { [name: string]: unknown };
  }

  interface Candidate {
    agent_id: string;
    available_since: string;
    free_slots: number;
  }

  /**
   * A text that agents send, once what they know of the conversation stands in place of its variables. It is for all
   * agents, or for those who work in `queue`; they find it by its name and its `label`.
   */
  interface CannedMessage {
    /** Its variables are {customer_name}, {customer_email}, {customer_phone}, {agent_name}, {queue}, {channel}, {conversation_id}; no other word stands in braces. */
    text: string;
    label?: string | null;
    queue?: string | null;
    language?: string | null;
  }

  /** `variables` are all that a text may have. */
  interface CannedMessages {
    canned_messages: Array<CannedText>;
    variables: Array<string>;
  }

  /**
   * `queue` is the queue for which the text is meant; null means all queues. Agents look for the `name` and the
   * `label`. `variables` are those that stand in the text, in braces: write their values there, all at once. One
   * without a value is for the agent to fill in; other braces mean themselves.
   */
  interface CannedText {
    name: string;
    text: string;
    variables: Array<string>;
    label?: string | null;
    queue?: string | null;
    language?: string | null;
  }

  /**
   * `text_limit` is counted in `text_unit`, as are the other lengths of texts. A message has at most `buttons`
   * buttons, with titles of at most `button_title_limit` and a text of at most `buttons_text_limit`; without
   * buttons, and when there are more choices than that, they are numbered in the text. `media` holds the most bytes of
   * each kind that the channel carries as such, and captions are of at most `caption_limit` for the `captioned`
   * kinds; any other file goes as a link. `receipts` are those that come back from the channel. `window_seconds` is
   * how long after the customer's last message the channel takes answers; after that it takes `templates`, if it has
   * them.
   */
  interface Capabilities {
    text_limit: number;
    text_unit?: "code_points" | "utf16_units" | "utf8_bytes";
    buttons?: number;
    button_title_limit?: number;
    buttons_text_limit?: number;
    media?: { [name: string]: number };
    captioned?: Array<"audio" | "file" | "image" | "video">;
    caption_limit?: number;
    locations?: boolean;
    contacts?: boolean;
    custom?: boolean;
    receipts?: Array<"delivered" | "read">;
    typing?: boolean;
    window_seconds?: number | null;
    templates?: boolean;
  }

  interface Card {
    title: string;
    text?: string | null;
    image_url?: string | null;
    buttons?: Array<Button>;
  }

  interface CarouselContent {
    type: "carousel";
    cards: Array<Card>;
    text?: string | null;
  }

  interface ChangePasswordRequest {
    current_password: string;
    /** It has 12 to 128 characters, also in Unicode's form NFKC, and is not made of common words, rows of keys, repetitions or the agent's name. */
    password: string;
  }

  /**
   * A channel of `kind` web needs no key: pages of the server's own origin and of `allowed_origins` (`*` for
   * any) use it. The same holds for `callback`, by which customers leave their number. A connector's channel needs an
   * API key. Other applications route their work over a channel of kind `task`. Customers may name the channel's
   * `queue` and those of `queues`; connectors and applications may name any queue where `queues` is empty. A
   * customer who is silent for `inactivity_seconds` while an answer is expected is reminded after 50 % and 80 % of
   * that time; then the conversation ends.
   *
   * The identities that the site signs are checked by `identity_keys` or by `identity_secret`, which names a secret,
   * and are of `identity_issuer` and for `identity_audience` if these are set. With `identity_required`, no
   * customer starts without one.
   *
   * The system speaks to customers in the conversation's language, else in the channel's `language`, else in English.
   * `texts` words what it says otherwise: by the text's name, then by language. `widget` is for channels of kind
   * web: how the chat looks and what it does on the sites that have it. A channel of kind connector that has a
   * `connector` is carried by the server itself; any other, by a program with an API key.
   */
  interface Channel {
    /** The name of a configured queue. */
    queue: string;
    queues?: Array<string>;
    kind?: "callback" | "connector" | "task" | "web";
    bot?: string | null;
    allowed_origins?: Array<string>;
    inactivity_seconds?: number | null;
    identity_keys?: Array<string | { [name: string]: string }>;
    identity_secret?: string | null;
    identity_issuer?: string | null;
    identity_audience?: string | null;
    identity_required?: boolean;
    language?: string | null;
    texts?: { [name: string]: { [name: string]: string } };
    widget?: Widget | null;
    connector?: TwilioSettings | WhatsAppSettings | MessengerSettings | InstagramSettings | TelegramSettings | RestSettings | null;
  }

  /** What is `ok`, what may be wrong as a `warning`, or what keeps the channel from working as a `fault`. */
  interface ChannelFinding {
    status: "fault" | "ok" | "warning";
    words: string;
  }

  /** What a channel's provider has said, or what was done there. */
  interface ChannelFindings {
    findings: Array<ChannelFinding>;
  }

  /**
   * A customer according to the caller. A connector or an application vouches for the `id`; on a web channel it is
   * only a claim, which agents see as such and which connects the conversation with no other.
   */
  interface ClaimedCustomer {
    id?: string | null;
    name?: string | null;
    email?: string | null;
    phone?: string | null;
    /** Any JSON that has at most 16 KiB and nests at most 32 levels deep. */
    attributes?: { [name: string]: unknown };
  }

  interface Code {
    code: string;
    label: string;
  }

  /** The codes that agents choose from. Where a list is empty, any text is accepted. */
  interface Codes {
    reason_codes: Array<Reason>;
    wrap_up_codes: Array<Code>;
  }

  /**
   * `actor` changed an item `at` this instant. `before` and `after` are the item as reading it answers; null
   * where it is not there. `version` is the ETag's since then. Items that were changed at once have the same
   * `correlation_id`; `together` is their number. A change is `undoable` until its item is changed again.
   */
  interface ConfigurationChange {
    event_id: string;
    version: number;
    position: number;
    at: string;
    actor: string;
    kind: "agents" | "api_keys" | "attributes" | "bots" | "calendars" | "canned_messages" | "channels" | "mrds" | "queues" | "reason_codes" | "teams" | "webhooks" | "wrap_up_codes";
    name: string;
    before: { [name: string]: unknown } | null;
    after: { [name: string]: unknown } | null;
    correlation_id: string;
    together: number;
    undoable: boolean;
  }

  /** Items by name, in the order of their names. `next` is the name after which to go on, if any. `versions` has the version of each item's last change, by name, as `If-Match` takes it in quotation marks. */
  interface ConfiguredAgents {
    items: { [name: string]: Agent };
    next: string | null;
    versions: { [name: string]: number };
  }

  /** Items by name, in the order of their names. `next` is the name after which to go on, if any. `versions` has the version of each item's last change, by name, as `If-Match` takes it in quotation marks. */
  interface ConfiguredApiKeys {
    items: { [name: string]: ListedKey };
    next: string | null;
    versions: { [name: string]: number };
  }

  /** Items by name, in the order of their names. `next` is the name after which to go on, if any. `versions` has the version of each item's last change, by name, as `If-Match` takes it in quotation marks. */
  interface ConfiguredAttributes {
    items: { [name: string]: Attribute };
    next: string | null;
    versions: { [name: string]: number };
  }

  /** Items by name, in the order of their names. `next` is the name after which to go on, if any. `versions` has the version of each item's last change, by name, as `If-Match` takes it in quotation marks. */
  interface ConfiguredBots {
    items: { [name: string]: Bot };
    next: string | null;
    versions: { [name: string]: number };
  }

  /** Items by name, in the order of their names. `next` is the name after which to go on, if any. `versions` has the version of each item's last change, by name, as `If-Match` takes it in quotation marks. */
  interface ConfiguredCalendars {
    items: { [name: string]: Calendar };
    next: string | null;
    versions: { [name: string]: number };
  }

  /** Items by name, in the order of their names. `next` is the name after which to go on, if any. `versions` has the version of each item's last change, by name, as `If-Match` takes it in quotation marks. */
  interface ConfiguredCannedMessages {
    items: { [name: string]: CannedMessage };
    next: string | null;
    versions: { [name: string]: number };
  }

  /** Items by name, in the order of their names. `next` is the name after which to go on, if any. `versions` has the version of each item's last change, by name, as `If-Match` takes it in quotation marks. */
  interface ConfiguredChannels {
    items: { [name: string]: Channel };
    next: string | null;
    versions: { [name: string]: number };
  }

  /** Items by name, in the order of their names. `next` is the name after which to go on, if any. `versions` has the version of each item's last change, by name, as `If-Match` takes it in quotation marks. */
  interface ConfiguredMrds {
    items: { [name: string]: Mrd };
    next: string | null;
    versions: { [name: string]: number };
  }

  /** Items by name, in the order of their names. `next` is the name after which to go on, if any. `versions` has the version of each item's last change, by name, as `If-Match` takes it in quotation marks. */
  interface ConfiguredQueues {
    items: { [name: string]: Queue };
    next: string | null;
    versions: { [name: string]: number };
  }

  /** Items by name, in the order of their names. `next` is the name after which to go on, if any. `versions` has the version of each item's last change, by name, as `If-Match` takes it in quotation marks. */
  interface ConfiguredReasonCodes {
    items: { [name: string]: ReasonCode };
    next: string | null;
    versions: { [name: string]: number };
  }

  /** Items by name, in the order of their names. `next` is the name after which to go on, if any. `versions` has the version of each item's last change, by name, as `If-Match` takes it in quotation marks. */
  interface ConfiguredTeams {
    items: { [name: string]: Team };
    next: string | null;
    versions: { [name: string]: number };
  }

  /** Items by name, in the order of their names. `next` is the name after which to go on, if any. `versions` has the version of each item's last change, by name, as `If-Match` takes it in quotation marks. */
  interface ConfiguredWebhooks {
    items: { [name: string]: Webhook };
    next: string | null;
    versions: { [name: string]: number };
  }

  /** Items by name, in the order of their names. `next` is the name after which to go on, if any. `versions` has the version of each item's last change, by name, as `If-Match` takes it in quotation marks. */
  interface ConfiguredWrapUpCodes {
    items: { [name: string]: WrapUpCode };
    next: string | null;
    versions: { [name: string]: number };
  }

  interface ContactContent {
    type: "contact";
    name: string;
    phone?: string | null;
    email?: string | null;
    organization?: string | null;
  }

  /**
   * `language` is the customer's. `expected` is the answer that has to come next where there is a limit for it,
   * an agent's or the customer's; at `until` the conversation goes to another agent, or ends. `unanswered_since` is
   * the instant of the customer's first message that nobody has answered; `last_message_by` is customer, agent, bot
   * or system. `unread` counts the messages, notes and whispers of others since the agent who asks came in, wrote, or
   * reported by a receipt to have read one.
   */
  interface Conversation {
    conversation_id: string;
    channel: string;
    status: string;
    queue: string;
    mrd: string;
    participants: Array<Participant>;
    started_at: string;
    version: number;
    messages: number;
    ended_at?: string | null;
    end_reason?: string | null;
    last_message?: string | null;
    last_message_at?: string | null;
    last_message_by?: string | null;
    language?: string | null;
    expected?: ExpectedAnswer | null;
    unanswered_since?: string | null;
    unread?: number;
    labels?: Array<string>;
    hands?: Array<RaisedHand>;
  }

  /**
   * The events are those of the conversation that agents may see, oldest first; `previous` are the customer's
   * earlier conversations on the same channel, newest first. `capabilities` say what the channel can show, where the
   * server carries it itself; a channel that takes answers only for some time after the customer's last message takes
   * them until `window_closes_at`, where that message is known.
   */
  interface ConversationDetail {
    conversation: Conversation;
    events: Array<unknown>;
    customer: Customer;
    attributes: { [name: string]: unknown };
    previous: Array<Conversation>;
    capabilities?: Capabilities | null;
    window_closes_at?: string | null;
  }

  /** The conversation is over for the customer. `wrap_up` is true when the agent still has time to wrap it up. */
  interface ConversationEnded {
    reason: "agent_ended" | "agent_logout" | "bot_ended" | "callback_requested" | "cancelled" | "customer_inactive" | "customer_left" | "force_closed" | "no_agent_available";
    ended_by: Sender;
    wrap_up: boolean;
  }

  interface ConversationEndedForCustomer {
    reason: "agent_ended" | "agent_logout" | "bot_ended" | "callback_requested" | "cancelled" | "customer_inactive" | "customer_left" | "force_closed" | "no_agent_available";
    ended_by: Sender;
  }

  /**
   * A conversation in short: `status` is the one now, `customer` the name or else the id, `agents` all who took
   * part.
   */
  interface ConversationHead {
    channel: string;
    status: string;
    customer: string | null;
    agents: Array<string>;
  }

  /**
   * A conversation that a figure counts. `position` is that of the event by which it counts, `events` leads to
   * its stream.
   */
  interface ConversationOfFigure {
    conversation_id: string;
    position: number;
    events: string;
    transcript: string;
  }

  /** The customer has rated the conversation after its end. */
  interface ConversationRated {
    score: number;
    comment: string | null;
  }

  interface ConversationReport {
    /** The conversation. */
    conversation_id: string;
    /** inbound or outbound. */
    direction: string;
    /** The channel. */
    channel: string;
    /** The queue in which an agent was last asked for. */
    queue: string | null;
    /** That queue's MRD. */
    mrd: string | null;
    /** When it started. */
    started_at: string;
    /** When it ended. */
    ended_at: string | null;
    /** Seconds; of one that goes on, up to as_of. */
    duration: number;
    /** Its status now. */
    status: string;
    /** Every agent who took part. */
    agents: Array<string>;
    /** The wrap-up codes. */
    wrap_up_codes: Array<string>;
    /** The wrap-up note. */
    wrap_up_note: string | null;
    /** How often it was transferred. */
    transfers: number;
    /** How often another agent was consulted. */
    consults: number;
    /** How often another agent was asked in. */
    conferences: number;
    /** The bot that began it. */
    bot: string | null;
    /** Share of the time in which a bot owned the answer, in per cent. */
    bot_share: number | null;
    /** Seconds in which an agent was waited for. */
    waiting: number;
    /** Messages of the customer. */
    customer_messages: number;
    /** Messages of bots. */
    bot_messages: number;
    /** Messages of agents. */
    agent_messages: number;
    /** The customer's score. */
    rating: number | null;
    /** The labels. */
    labels: Array<string>;
    /** The reason for which it ended. */
    disposition: string | null;
    /** The party that ended it. */
    ended_by: string | null;
    /** Where it can be read. */
    transcript: string;
    /** The position of the event that started it. */
    position: number;
  }

  interface ConversationReportReport {
    report: string;
    zone: string;
    interval: string;
    by: Array<string>;
    from: string;
    to: string;
    as_of: string;
    position: number;
    masked: boolean;
    rows: Array<ConversationReport>;
    next: string | null;
  }

  /**
   * A customer has started the conversation, or an application or an agent has for one. `opened_at_version` is the
   * stream's version when the start was complete. `request_digest` distinguishes a repeated start from another one
   * with the same id. A customer who is silent for `inactivity_seconds` while an answer is expected loses the
   * conversation. `same_customer_as` is the first conversation of a customer who has no proven id and presented the
   * token of a conversation before.
   */
  interface ConversationStarted {
    conversation_id: string;
    channel: string;
    customer: Customer;
    queue: string;
    mrd: string;
    bot: string | null;
    language: string | null;
    attributes: { [name: string]: unknown };
    started_at: string;
    opened_at_version: number;
    request_digest: string;
    suggests?: boolean;
    inactivity_seconds?: number | null;
    expects?: ExpectedAnswer | null;
    direction?: "barge_in" | "conference" | "consult" | "inbound" | "monitor" | "outbound" | "transfer_consult" | "transfer_direct";
    same_customer_as?: string | null;
  }

  interface ConversationStartedForCustomer {
    conversation_id: string;
    channel: string;
    customer: Customer;
    queue: string;
    mrd: string;
    bot: string | null;
    language: string | null;
    attributes: { [name: string]: unknown };
    started_at: string;
    direction?: "barge_in" | "conference" | "consult" | "inbound" | "monitor" | "outbound" | "transfer_consult" | "transfer_direct";
    same_customer_as?: string | null;
  }

  /**
   * While the customer waits, `position` is the place in the line, from 1, and `agents_logged_in` counts the
   * agents who may serve the customer. The estimated wait is left out while there is nothing to base it on.
   */
  interface ConversationState {
    conversation_id: string;
    status: string;
    participants: Array<Participant>;
    queue: string;
    version: number;
    position?: number | null;
    agents_logged_in?: number | null;
    estimated_wait_seconds?: number | null;
  }

  /** `next` is the value of `after` for the following page; null on the last page. */
  interface Conversations {
    conversations: Array<Conversation>;
    next: string | null;
  }

  interface ConversationsOfFigure {
    report: string;
    figure: string;
    conversations: Array<ConversationOfFigure>;
    next: string | null;
  }

  /**
   * The number of enabled agents who meet the criterion, the number of those who could be offered a task now, and the
   * names of the first 20.
   */
  interface CriterionAgents {
    eligible: number;
    ready_now: number;
    names: Array<string>;
  }

  /** `agents` are there when the criterion is `valid`, `faults` when it is not. */
  interface CriterionCheck {
    valid: boolean;
    faults?: Array<CriterionFault>;
    agents?: CriterionAgents | null;
  }

  /** `position` is the place of the fault: the number of characters (code points) before it. */
  interface CriterionFault {
    position: number;
    message: string;
  }

  /**
   * `criterion` is that of a queue's step, such as `english >= 8 and sales`; an empty one admits everyone. With
   * `mrd`, only agents who work in it count.
   */
  interface CriterionRequest {
    criterion: string;
    mrd?: string | null;
  }

  /** A body that the bot and the channel understand between themselves. */
  interface CustomContent {
    type: "custom";
    payload: unknown;
  }

  /**
   * `verified` is true when the customer is proven to have this `id`, which is only a claim otherwise. A
   * connector or an application vouches for the ids that it gives; on a web channel the site signs them.
   */
  interface Customer {
    id?: string | null;
    name?: string | null;
    email?: string | null;
    phone?: string | null;
    attributes?: { [name: string]: unknown };
    verified?: boolean;
  }

  /** The customer whose answer is expected is about to give it, and has the whole time again. */
  interface CustomerActivityNoticed {
    activity: "typing" | "upload";
    expects: ExpectedAnswer;
  }

  /** An event as a feed delivers it. A conversation's feed counts versions, the other feeds count positions. */
  type CustomerFeedEvent = {
    at: string;
    version?: number | null;
    position?: number | null;
    conversation_id?: string | null;
  } & (
    | { type: "AgentJoined"; data: AgentJoinedForCustomer }
    | { type: "AgentLeft"; data: AgentLeft }
    | { type: "AgentRequested"; data: AgentRequestedForCustomer }
    | { type: "BotAssigned"; data: BotAssignedForCustomer }
    | { type: "ConversationEnded"; data: ConversationEndedForCustomer }
    | { type: "ConversationRated"; data: ConversationRated }
    | { type: "ConversationStarted"; data: ConversationStartedForCustomer }
    | { type: "CustomerReminded"; data: CustomerReminded }
    | { type: "CustomerReturned"; data: CustomerReturned }
    | { type: "MessagePosted"; data: MessagePostedForCustomer }
    | { type: "ReceiptRecorded"; data: ReceiptRecorded }
    | { type: "TypingChanged"; data: TypingChanged }
    | { type: "WaitChanged"; data: WaitChanged }
  );

  /** One page of a feed. `next` is the cursor to go on from. */
  interface CustomerFeedPage {
    events: Array<CustomerFeedEvent>;
    next: number;
  }

  /** So much of the time to answer is over; the conversation ends at `ends_at`. */
  interface CustomerReminded {
    percent: number;
    ends_at: string;
  }

  /** The same customer came back to the open conversation instead of starting another. */
  interface CustomerReturned {
    returned_at: string;
  }

  /**
   * The contact centre now. `conversations` counts the open ones by status, and those that wait for an agent only
   * later as `scheduled`; `ongoing` lists the newest of them. The day is that of the zone.
   */
  interface Dashboard {
    at: string;
    position: number;
    zone: string;
    queues: Array<DashboardQueue>;
    mrds: Array<DashboardMrd>;
    conversations: { [name: string]: number };
    ongoing: Array<DashboardConversation>;
  }

  interface DashboardConversation {
    conversation_id: string;
    channel: string;
    status: string;
    queue: string;
    started_at: string;
    agents: Array<string>;
    bot: string | null;
  }

  /** `agents` counts the agents who are logged in, by state. */
  interface DashboardMrd {
    mrd: string;
    logged_in: number;
    agents: { [name: string]: number };
  }

  /**
   * `waiting` are tasks for which an agent may be found now, `reserved` those for which an agent is asked,
   * `scheduled` those for later, `active` those that agents work on. The figures from `offered` on are those of
   * the day; durations are in seconds, service levels in per cent.
   */
  interface DashboardQueue {
    queue: string;
    mrd: string;
    waiting: number;
    oldest_wait: number | null;
    reserved: number;
    scheduled: number;
    active: number;
    agents_ready: number;
    offered: number;
    answered: number;
    abandoned: number;
    average_wait: number | null;
    service_level: number | null;
  }

  interface DeclineRequest {
    reason?: string | null;
  }

  /** The event that is delivered, without what it says. */
  interface DeliveredEvent {
    event_id: string;
    type: string;
    stream: string;
    version: number;
    position: number;
    at: string;
  }

  /** The latest delivery comes first. `next` is the `before` to go on from; null at the end. */
  interface Deliveries {
    deliveries: Array<Delivery>;
    next: number | null;
  }

  /**
   * One event, or one thing that came in, on its way to one target. `tries` counts the calls so far, and `parts`
   * the parts of a message that the target has taken. `outcome`, `code` and `detail` are of the last call.
   * `provider_id` is the target's id of what it has taken, for callers who see personal data. `position` is that of
   * the event; null where something came in instead.
   */
  interface Delivery {
    id: number;
    target: string;
    effect: string;
    state: "calling" | "delivered" | "parked" | "refused" | "waiting";
    position: number | null;
    tries: number;
    parts: number;
    planned_at: string;
    first_try_at: string | null;
    last_try_at: string | null;
    outcome: "configuration_fault" | "delivered" | "message_refused" | "recipient_refused" | "server_fault" | "try_again" | "unknown" | null;
    code: string | null;
    detail: string | null;
    provider_id: string | null;
  }

  /**
   * A target with the number of deliveries that wait and are parked. `oldest_seconds` is how long the first of
   * those that wait has waited. `delivered` and `failed` count the deliveries of the last five minutes by their last
   * call. `stopped` says why no call can succeed; `replayed_to` is the position up to which a target that is rewound
   * has been planned again.
   */
  interface DeliveryTarget {
    target: string;
    effect: string;
    state: "rewound" | "stopped" | "working";
    waiting: number;
    parked: number;
    oldest_seconds: number | null;
    delivered: number;
    failed: number;
    stopped: string | null;
    replayed_to: number | null;
  }

  interface DeliveryTargets {
    targets: Array<DeliveryTarget>;
  }

  /** `event` is null where something came in instead. */
  interface DeliveryWithEvent {
    delivery: Delivery;
    event: DeliveredEvent | null;
  }

  /** A line from the event id of a cause to that of its effect. */
  interface Edge {
    from: string;
    to: string;
  }

  /** More agents may take the task: its time has come, the wait for one agent is over, or a step has passed. */
  interface EligibilityWidened {
    task_id: string;
    conversation_id: string;
    queue: string;
    step: number;
    reason: "due" | "preference_over" | "step";
  }

  /** `force` lets a supervisor end a conversation without taking part in it. */
  interface EndRequest {
    force?: boolean;
  }

  /** An empty object. */
  interface Ended {
  }

  /**
   * Events of the whole journal. With `where` an answer may hold fewer than `limit` although more follow:
   * go on from `next` until it has come to `last_position`, the journal's end.
   */
  interface EventPage {
    events: Array<InspectedEvent>;
    next: number;
    last_position: number;
    masked: boolean;
  }

  /**
   * `cause` is the event that caused this one, null where a command from outside caused it; `effects` are the
   * events that this one caused.
   */
  interface EventWithCauses {
    event: InspectedEvent;
    cause: InspectedEvent | null;
    effects: Array<InspectedEvent>;
    masked: boolean;
  }

  interface Exclusion {
    agent_id: string;
    reason: "declined" | "gave_away" | "rona";
  }

  /** The task may be offered again to the agent who declined it, since no other agent has taken it meanwhile. */
  interface ExclusionLifted {
    task_id: string;
    conversation_id: string;
    agent_id: string;
  }

  /** The party that has to write next, since when, and until when at the latest. */
  interface ExpectedAnswer {
    of: "agent" | "customer";
    since: string;
    until: string;
  }

  /** The input at `path`, such as `content.text`, is wrong in the way that `message` says. */
  interface FieldError {
    path: string;
    message: string;
  }

  interface FileContent {
    type: "file";
    url?: string | null;
    attachment_id?: string | null;
    name?: string | null;
    media_type?: string | null;
    size?: number | null;
    text?: string | null;
  }

  /** `kind` says how to read it: the event of this id, the stream of this name, or the correlation of this id. */
  interface Finding {
    kind: "correlation" | "event" | "stream";
    id: string;
    description: string;
  }

  /** Everything that the text may mean, the likeliest first. */
  interface Findings {
    found: Array<Finding>;
  }

  interface FirstResponses {
    /** When the interval begins, by the clock on the wall. */
    interval: string;
    /** The agent who wrote. */
    agent_id: string | null;
    /** The queue in which an agent was last asked for before that. */
    queue: string | null;
    /** The queue's MRD. */
    mrd: string | null;
    /** The channel. */
    channel: string | null;
    /** Conversations of customers in which an agent was first asked for. */
    asked: number;
    /** Those in which an agent wrote after that. */
    responded: number;
    /** Those that ended before an agent wrote. */
    unanswered: number;
    /** Those in which neither has happened yet. */
    awaiting: number;
    /** Seconds from the first request for an agent to an agent's first message, of the responded. */
    response_time: number;
    /** response_time ÷ responded. */
    average_response: number | null;
    /** The response time that half of the responded did not exceed. */
    median_response: number | null;
    /** The response time that 90 % of the responded did not exceed. */
    p90_response: number | null;
    /** The longest response time. */
    maximum_response: number | null;
  }

  interface FirstResponsesPrevious {
    from: string;
    to: string;
    as_of: string;
    days: number;
    intervals: Array<ReportInterval>;
    rows: Array<FirstResponses>;
  }

  interface FirstResponsesReport {
    report: string;
    zone: string;
    interval: string;
    by: Array<string>;
    from: string;
    to: string;
    as_of: string;
    position: number;
    masked: boolean;
    rows: Array<FirstResponses>;
    next: string | null;
    intervals: Array<ReportInterval>;
    previous: FirstResponsesPrevious | null;
  }

  /** The agents' states, the waiting tasks and the ongoing conversations after the event at `position`. */
  interface Floor {
    at: string;
    position: number;
    agents: Array<FloorAgent>;
    queues: Array<FloorQueue>;
    conversations: Array<FloorConversation>;
    masked: boolean;
  }

  interface FloorAgent {
    agent_id: string;
    name: string;
    state: string;
    reason: string | null;
    since: string;
    mrds: Array<FloorMrd>;
    tasks: Array<FloorTask>;
  }

  interface FloorConversation {
    conversation_id: string;
    channel: string;
    status: string;
    since: string;
    queue: string | null;
    participants: Array<FloorParticipant>;
  }

  /**
   * `tasks` counts those that take capacity, offers among them; `free_slots` is how many more may be offered now.
   * They and `max_tasks` are known of the floor now, and left out of an earlier one.
   */
  interface FloorMrd {
    mrd: string;
    state: string;
    since: string;
    tasks?: number | null;
    max_tasks?: number | null;
    free_slots?: number | null;
  }

  /** A customer who is not `verified` only claims to have the `id`. */
  interface FloorParticipant {
    type: string;
    id: string | null;
    name: string | null;
    role: string;
    since: string;
    verified?: boolean;
  }

  /**
   * Now, every configured queue is on the floor: of the agents who may ever be offered its tasks, `agents_ready`
   * have room for one, and for `free_slots` in all. At an earlier instant only the queues are known in which somebody
   * waited, and how they stood otherwise is left out.
   */
  interface FloorQueue {
    queue: string;
    mrd: string;
    waiting: Array<FloorWaiting>;
    open?: boolean | null;
    agents_logged_in?: number | null;
    agents_ready?: number | null;
    free_slots?: number | null;
  }

  interface FloorTask {
    task_id: string;
    conversation_id: string;
    mrd: string;
    queue: string;
    state: "active" | "reserved" | "wrap_up";
    since: string;
  }

  interface FloorWaiting {
    task_id: string;
    conversation_id: string;
    since: string;
    waited_seconds: number;
    offered_to: string | null;
  }

  /**
   * `to` names another configured queue of the same MRD; without `to` the tasks are closed. `override` admits
   * a queue that is closed, or for which no agent works.
   */
  interface FlushRequest {
    to?: string | null;
    override?: boolean;
  }

  /** The number of tasks that left the queue. */
  interface FlushedQueue {
    tasks: number;
  }

  /** The answers to a form, by the fields' names. `form_id` is the id of the message that asked. */
  interface FormAnswersContent {
    type: "form_answers";
    /** A UUID in lower case, version 7 by preference. */
    form_id: string;
    answers: { [name: string]: string | boolean | number | Array<string> };
  }

  /** A possible answer: its `value` in the conversation, and what visitors read. Each value is there once. */
  interface FormChoice {
    value: string;
    label: { [name: string]: string };
  }

  /** A form to fill in; the answers come back as `form_answers`. */
  interface FormContent {
    type: "form";
    title: string;
    fields: Array<FormField>;
    text?: string | null;
  }

  /** A field of a form. `options` are the possible answers of a choice. */
  interface FormField {
    name: string;
    label: string;
    kind?: "choice" | "choices" | "consent" | "date" | "email" | "number" | "phone" | "text";
    required?: boolean;
    options?: Array<string>;
  }

  /**
   * A question before the chat. The answers to `name`, `email` and `phone` are the customer's, that to
   * `queue` is the queue, which the channel lists; all others are attributes of the conversation. A choice has
   * `options`, and nothing else has. Each name is asked for once.
   */
  interface FormQuestion {
    name: string;
    label: { [name: string]: string };
    kind?: "choice" | "choices" | "consent" | "date" | "email" | "number" | "phone" | "text";
    required?: boolean;
    options?: Array<FormChoice>;
  }

  /** The agent asks for a supervisor no more. */
  interface HandLowered {
    agent_id: string;
  }

  /**
   * `note` is for the agent who comes. `id` is the id of the task that looks for that agent. `override` admits
   * a queue that is closed, or for which no agent works.
   */
  interface HandOverRequest {
    to: Target;
    note?: string | null;
    id?: string | null;
    override?: boolean;
  }

  /** The agent asks for a supervisor. */
  interface HandRaised {
    agent_id: string;
    reason: string | null;
  }

  /** `task_id` is the id of the task that looks for the agent; there is none for a bot. */
  interface HandedOver {
    version: number;
    task_id?: string | null;
  }

  /**
   * The feed is alive. `server_time` is by the clock that sets the instants of events and the ends of offers, which
   * a desktop counts down to whatever the clock of its own machine reads. `primary` is the place that rings, if one is
   * open.
   */
  interface Heartbeat {
    server_time: string;
    primary: string | null;
  }

  /** The changes from the newest to the oldest. `next` is what to pass as `before` to go on, if there are more. */
  interface History {
    changes: Array<ConfigurationChange>;
    next: number | null;
  }

  interface ImageContent {
    type: "image";
    url?: string | null;
    attachment_id?: string | null;
    name?: string | null;
    media_type?: string | null;
    size?: number | null;
    text?: string | null;
  }

  /** The numbers of added, changed and removed items. */
  interface ImportResult {
    added: number;
    changed: number;
    removed: number;
  }

  /**
   * An event with everything that is recorded of it. `summary` describes it in one line. `data` is in the newest
   * version of its type; `schema_version` is the version in which it was recorded.
   */
  interface InspectedEvent {
    position: number;
    stream: string;
    version: number;
    event_id: string;
    type: string;
    at: string;
    schema_version: number;
    correlation_id: string;
    causation_id: string;
    actor: string;
    summary: string;
    data: unknown;
  }

  /** A professional account on Instagram; `account_id` is its id. */
  interface InstagramSettings {
    type: "instagram";
    /** The name of a secret in the section [secrets] of the settings. */
    access_token: string;
    /** The name of a secret in the section [secrets] of the settings. */
    app_secret: string;
    /** The name of a secret in the section [secrets] of the settings. */
    verify_token: string;
    prove_calls?: boolean;
    version?: string;
    /** An address that begins with http:// or https://. */
    base_url?: string;
    app_id?: string | null;
    human_agent?: boolean;
    account_id: string;
  }

  /**
   * Words beside the launcher, at most once a visit. They come `after_seconds` on a page of one of `paths`, or
   * with `exit_intent` as soon as the pointer leaves the page. `visitors` are all of them, or those who have or have
   * not used the chat before.
   */
  interface Invitation {
    text: { [name: string]: string };
    after_seconds?: number;
    paths?: Array<string>;
    visitors?: "all" | "new" | "returning";
    exit_intent?: boolean;
  }

  /**
   * The last change of an item of the configuration: `actor` made it `at` this instant. `item` is the item
   * since then, as reading it answers; null when it was removed. `version` is the ETag's.
   */
  interface ItemChange {
    event_id: string;
    version: number;
    at: string;
    actor: string;
    kind: "agents" | "api_keys" | "attributes" | "bots" | "calendars" | "canned_messages" | "channels" | "mrds" | "queues" | "reason_codes" | "teams" | "webhooks" | "wrap_up_codes";
    name: string;
    item: { [name: string]: unknown } | null;
  }

  /**
   * An item of the configuration was added or changed. `item` holds the one item as it is from now on, in its table
   * and under its name, as the TOML file would.
   */
  interface ItemConfigured {
    item: Tables;
  }

  /** An item was removed from the configuration. */
  interface ItemRemoved {
    table: "agents" | "api_keys" | "attributes" | "bots" | "calendars" | "canned_messages" | "channels" | "mrds" | "queues" | "reason_codes" | "teams" | "webhooks" | "wrap_up_codes";
    name: string;
  }

  /** An agent or an application has added or removed labels. `labels` are all that the conversation has now. */
  interface LabelsChanged {
    labels: Array<string>;
    changed_by: Sender;
  }

  interface LabelsRequest {
    add?: Array<string>;
    remove?: Array<string>;
  }

  interface ListedKey {
    scopes: Array<"admin" | "bot" | "connector" | "extern" | "inspect" | "personal" | "reports">;
  }

  /** An agent with all tasks held, offers among them. `since` is when the overall state began. */
  interface LiveAgent {
    agent_id: string;
    name: string;
    state: string;
    mrds: Array<LiveMrd>;
    tasks: Array<Task>;
    team?: string | null;
    reason?: string | null;
    since?: string | null;
  }

  /**
   * While the conversation waits for an agent, `waiting_since` is when it came into the line, or `scheduled_for`
   * when it is to wait from. `offered_to` is the agent who is asked.
   */
  interface LiveConversation {
    conversation_id: string;
    channel: string;
    status: string;
    queue: string;
    mrd: string;
    participants: Array<Participant>;
    started_at: string;
    version: number;
    messages: number;
    ended_at?: string | null;
    end_reason?: string | null;
    last_message?: string | null;
    last_message_at?: string | null;
    last_message_by?: string | null;
    language?: string | null;
    expected?: ExpectedAnswer | null;
    unanswered_since?: string | null;
    unread?: number;
    labels?: Array<string>;
    hands?: Array<RaisedHand>;
    waiting_since?: string | null;
    scheduled_for?: string | null;
    offered_to?: string | null;
  }

  /**
   * The agents and conversations that the caller is in charge of, and all queues. `conversations_left_out` counts
   * those beyond the most that an answer holds; those that wait are left out last.
   */
  interface LiveFloor {
    type: "floor";
    at: string;
    agents: Array<LiveAgent>;
    queues: Array<QueueState>;
    conversations: Array<LiveConversation>;
    conversations_left_out?: number;
  }

  /** `since` is when the state began; it is left out while it is that of the login. */
  interface LiveMrd {
    mrd: string;
    state: string;
    tasks: number;
    max_tasks: number;
    reason?: string | null;
    since?: string | null;
  }

  /** A place in degrees, as WGS 84 counts them. */
  interface LocationContent {
    type: "location";
    latitude: number;
    longitude: number;
    name?: string | null;
    address?: string | null;
  }

  /** `openid` is null where no OpenID provider is configured. */
  interface LoginOptions {
    password: boolean;
    openid: OpenIdOption | null;
  }

  interface LoginRequest {
    username: string;
    password: string;
  }

  /** `tasks` says for each MRD in which the agent works whether its conversations end or go to other agents. */
  interface LogoutRequest {
    reason?: string | null;
    tasks?: { [name: string]: "close" | "transfer" };
  }

  /**
   * All that a page needs to draw itself; `position` is the feed's cursor to go on from. `server_time` is by the
   * clock that sets the instants of events and the ends of offers. `connected` says whether a live feed of the agent
   * is open, `primary` at which of the agent's places it rings. `conversations` are those of the tasks that the
   * agent has accepted, `offers` describe the others.
   */
  interface Me {
    agent: Profile;
    state: string;
    reason: string | null;
    mrds: Array<MrdState>;
    tasks: Array<Task>;
    conversations: Array<Conversation>;
    position: number;
    server_time: string;
    connected?: boolean;
    primary?: string | null;
    offers?: Array<Offer>;
  }

  /**
   * A customer, an agent, the bot, an application or the system has written to the conversation, where the customer
   * sees it.
   */
  interface MessagePosted {
    message_id: string;
    sender: Sender;
    content: TextContent | ImageContent | AudioContent | VideoContent | FileContent | AttachmentContent | ButtonsContent | CarouselContent | LocationContent | ContactContent | NotificationContent | FormContent | FormAnswersContent | RatingContent | CustomContent;
    expects?: ExpectedAnswer | null;
  }

  interface MessagePostedForCustomer {
    message_id: string;
    sender: Sender;
    content: TextContent | ImageContent | AudioContent | VideoContent | FileContent | AttachmentContent | ButtonsContent | CarouselContent | LocationContent | ContactContent | NotificationContent | FormContent | FormAnswersContent | RatingContent | CustomContent;
  }

  interface MessageRequest {
    content: PostedText | PostedImage | PostedAudio | PostedVideo | PostedFile | ButtonsContent | CarouselContent | LocationContent | ContactContent | FormContent;
    id?: string | null;
  }

  /** A page on Facebook. */
  interface MessengerSettings {
    type: "messenger";
    /** The name of a secret in the section [secrets] of the settings. */
    access_token: string;
    /** The name of a secret in the section [secrets] of the settings. */
    app_secret: string;
    /** The name of a secret in the section [secrets] of the settings. */
    verify_token: string;
    prove_calls?: boolean;
    version?: string;
    /** An address that begins with http:// or https://. */
    base_url?: string;
    app_id?: string | null;
    human_agent?: boolean;
    page_id: string;
  }

  /**
   * A media routing domain (MRD). `max_tasks` is the most tasks that an agent holds in it at once. While an agent
   * works on a task of an MRD that is not `interruptible`, the agent's other MRDs are interrupted.
   */
  interface Mrd {
    max_tasks?: number;
    interruptible?: boolean;
  }

  /** One MRD of the agent: the most tasks held in it, and whether others may interrupt it. */
  interface MrdSettings {
    max_tasks: number;
    interruptible?: boolean;
  }

  /**
   * `tasks` counts all that are held, offers among them. `reason` is why the agent is not ready in this MRD
   * alone.
   */
  interface MrdState {
    mrd: string;
    state: string;
    tasks: number;
    max_tasks: number;
    reason?: string | null;
  }

  /** `key` is answered only this once; the server keeps its digest alone. */
  interface NewKey {
    name: string;
    key: string;
    scopes: Array<"admin" | "bot" | "connector" | "extern" | "inspect" | "personal" | "reports">;
  }

  interface NewKeyRequest {
    scopes: Array<"admin" | "bot" | "connector" | "extern" | "inspect" | "personal" | "reports">;
  }

  /**
   * `secret` signs the calls, as Standard Webhooks has it. It is answered only this once, and not when the request
   * is repeated: a secret that was lost is rotated.
   */
  interface NewWebhook {
    id: string;
    url: string;
    events: Array<"AgentJoined" | "AgentLeft" | "AgentLoggedIn" | "AgentLoggedOut" | "AgentMrdStateChanged" | "AgentReminded" | "AgentRequested" | "AgentRoleChanged" | "AgentStateChanged" | "AssistEnded" | "AssistRequested" | "AttributesChanged" | "BotAssigned" | "BotFailed" | "BotReplyDropped" | "BotSaidNothing" | "ConversationEnded" | "ConversationRated" | "ConversationStarted" | "CustomerActivityNoticed" | "CustomerReminded" | "CustomerReturned" | "HandLowered" | "HandRaised" | "LabelsChanged" | "MessagePosted" | "NoteAdded" | "OfferExpired" | "OfferWithdrawn" | "QueueChanged" | "ReceiptRecorded" | "SuggestionPosted" | "TaskAccepted" | "TaskAssigned" | "TaskAssignedDirectly" | "TaskCancelled" | "TaskClosed" | "TaskDeclined" | "TaskExpired" | "TaskMoved" | "TaskOffered" | "TaskQueued" | "TaskRequeued" | "TaskReserved" | "WhisperPosted" | "WrapUpCompleted" | "WrapUpStarted">;
    channels: Array<string>;
    queues: Array<string>;
    teams: Array<string>;
    personal: boolean;
    enabled: boolean;
    made_by?: string | null;
    disabled_because?: string | null;
    secret?: string | null;
  }

  /** A webhook, with an `id` if it is to have a name that people can read. */
  interface NewWebhookRequest {
    /** An address that begins with http:// or https://. */
    url: string;
    events?: Array<"AgentJoined" | "AgentLeft" | "AgentLoggedIn" | "AgentLoggedOut" | "AgentMrdStateChanged" | "AgentReminded" | "AgentRequested" | "AgentRoleChanged" | "AgentStateChanged" | "AssistEnded" | "AssistRequested" | "AttributesChanged" | "BotAssigned" | "BotFailed" | "BotReplyDropped" | "BotSaidNothing" | "ConversationEnded" | "ConversationRated" | "ConversationStarted" | "CustomerActivityNoticed" | "CustomerReminded" | "CustomerReturned" | "HandLowered" | "HandRaised" | "LabelsChanged" | "MessagePosted" | "NoteAdded" | "OfferExpired" | "OfferWithdrawn" | "QueueChanged" | "ReceiptRecorded" | "SuggestionPosted" | "TaskAccepted" | "TaskAssigned" | "TaskAssignedDirectly" | "TaskCancelled" | "TaskClosed" | "TaskDeclined" | "TaskExpired" | "TaskMoved" | "TaskOffered" | "TaskQueued" | "TaskRequeued" | "TaskReserved" | "WhisperPosted" | "WrapUpCompleted" | "WrapUpStarted">;
    channels?: Array<string>;
    queues?: Array<string>;
    teams?: Array<string>;
    personal?: boolean;
    enabled?: boolean;
    id?: string | null;
  }

  /** `secret` is answered only this once. Calls are signed with the former secret too until `former_until`. */
  interface NewWebhookSecret {
    secret: string;
    former_until: string;
  }

  /** A note among agents; the customer never sees it. */
  interface NoteAdded {
    note_id: string;
    agent_id: string;
    agent_name: string;
    text: string;
  }

  interface NoteRequest {
    text: string;
    id?: string | null;
  }

  /** A notice of the system, not a message of a person. `code` lets a channel use words of its own. */
  interface NotificationContent {
    type: "notification";
    text: string;
    code?: string | null;
  }

  /**
   * The code of the problem that each call would be refused with now. One that is left out is not refused; where it
   * is `out_of_hours` or `nobody_eligible`, `override` helps.
   */
  interface Obstacles {
    transfer?: string | null;
    consult?: string | null;
    conference?: string | null;
  }

  /**
   * A task that is offered to the agent until `expires_at`. `lines` are the last of the conversation, oldest
   * first; `queued_at` is when the customer came into the line; `decision` is the router's, which says why the task
   * is offered to this agent; the `note` is from the agent who asked for another agent.
   */
  interface Offer {
    task_id: string;
    conversation: Conversation;
    customer: Customer;
    attributes: { [name: string]: unknown };
    lines: Array<OfferLine>;
    expires_at?: string | null;
    queued_at?: string | null;
    note?: string | null;
    decision?: RoutingDecision | null;
  }

  /** Redirect on no answer: the offer was not accepted in time. */
  interface OfferExpired {
    task_id: string;
    conversation_id: string;
  }

  /** A message in words, of at most 500 characters. */
  interface OfferLine {
    message_id: string;
    at: string;
    sender: Sender;
    text: string;
  }

  /** The offer is gone before the agent answered it. */
  interface OfferWithdrawn {
    task_id: string;
    conversation_id: string;
    reason: string;
  }

  interface OfferedChoice {
    value: string;
    label: string;
  }

  /** A page offers a button with this label, which leads to `url` with `return_to` and `code_challenge`. */
  interface OpenIdOption {
    label: string;
    url: string;
  }

  /** `code` came back to the page, which kept `code_verifier` (RFC 7636). */
  interface OpenIdSessionRequest {
    code: string;
    code_verifier: string;
  }

  /** A session, with the `address` and the `client` that opened it. `current` is the one that asks. */
  interface OpenSession {
    session_id: string;
    opened_at: string;
    renewed_at: string;
    expires_at: string;
    address: string;
    client: string;
    current: boolean;
  }

  interface OpenSessions {
    sessions: Array<OpenSession>;
  }

  /** From `start` up to `end`, which is not part of it. */
  interface OpeningSpan {
    start: string;
    end: string;
  }

  /** A channel by which agents write to customers; `queue` is its own. */
  interface OutboundChannel {
    channel: string;
    kind: string;
    queue: string;
  }

  interface OutboundChannels {
    channels: Array<OutboundChannel>;
  }

  /**
   * An agent writes to a customer first. `content` is the first message. `id` is that of the conversation. The
   * agent works in the MRD of the `queue`, which is the channel's own when it is left out. `language` is a BCP 47
   * tag.
   */
  interface OutboundRequest {
    /** The name of a configured channel, of the kind that the request is for. */
    channel: string;
    customer: AddressedCustomer;
    content: PostedText | PostedImage | PostedAudio | PostedVideo | PostedFile | ButtonsContent | CarouselContent | LocationContent | ContactContent | FormContent;
    id?: string | null;
    queue?: string | null;
    language?: string | null;
    /** Any JSON that has at most 16 KiB and nests at most 32 levels deep. */
    attributes?: { [name: string]: unknown };
  }

  /** `version` is the conversation's after the message. */
  interface OutboundStarted {
    conversation_id: string;
    message_id: string;
    version: number;
  }

  /**
   * `agent` is the agent who has the task, or had it last. `wanted_at` is given until that time has come,
   * `position` and the estimated wait afterwards while the task is in the line.
   */
  interface OutsideTask {
    task_id: string;
    conversation_id: string;
    mrd: string;
    queue: string;
    state: "active" | "closed" | "queued" | "reserved" | "wrap_up";
    agent?: string | null;
    close_reason?: string | null;
    wanted_at?: string | null;
    position?: number | null;
    estimated_wait_seconds?: number | null;
  }

  /**
   * Work of another application. Agents see `subject`, `url` and `attributes`; no agent gets the task before
   * `wanted_at`. `priority` runs from 1 to 10, 10 first. `channel` may be left out when there is one for tasks.
   * `override` admits a queue for which no agent works.
   */
  interface OutsideTaskRequest {
    /** The name of a configured queue to which the channel leads. */
    queue: string;
    subject: string;
    id?: string | null;
    channel?: string | null;
    priority?: number;
    /** Any JSON that has at most 16 KiB and nests at most 32 levels deep. */
    attributes?: { [name: string]: unknown };
    customer?: ClaimedCustomer;
    wanted_at?: string | null;
    url?: string | null;
    override?: boolean;
  }

  /**
   * A task that waits for `after_seconds` moves to another queue of the same MRD and keeps its place by age. No
   * queue overflows to itself, over others neither.
   */
  interface Overflow {
    /** The name of a configured queue. */
    queue: string;
    after_seconds: number;
  }

  /** A customer who is not `verified` only claims to have the `id`. */
  interface Participant {
    type: string;
    role: string;
    id?: string | null;
    name?: string | null;
    verified?: boolean;
  }

  interface PasswordRequest {
    /** It has 12 to 128 characters, also in Unicode's form NFKC, and is not made of common words, rows of keys, repetitions or the agent's name. */
    password: string;
  }

  interface PostMessage {
    content: PostedText | PostedImage | PostedAudio | PostedVideo | PostedFile | LocationContent | ContactContent | FormAnswersContent;
    id?: string | null;
  }

  interface PostedAudio {
    type: "audio";
    url?: string | null;
    attachment_id?: string | null;
    name?: string | null;
    media_type?: string | null;
    size?: number | null;
    text?: string | null;
  }

  interface PostedFile {
    type: "file";
    url?: string | null;
    attachment_id?: string | null;
    name?: string | null;
    media_type?: string | null;
    size?: number | null;
    text?: string | null;
  }

  interface PostedImage {
    type: "image";
    url?: string | null;
    attachment_id?: string | null;
    name?: string | null;
    media_type?: string | null;
    size?: number | null;
    text?: string | null;
  }

  interface PostedMessage {
    message_id: string;
    version: number;
  }

  /** A customer who presses a button says its title as `text`; `payload` is the button's, which is for the bot. */
  interface PostedText {
    type: "text";
    text: string;
    payload?: string | null;
  }

  interface PostedVideo {
    type: "video";
    url?: string | null;
    attachment_id?: string | null;
    name?: string | null;
    media_type?: string | null;
    size?: number | null;
    text?: string | null;
  }

  /**
   * Another of the agent's places is the primary one from now on, or a feed has opened and learns which one is.
   * `place` alone rings; it is null while none is open.
   */
  interface PrimaryChanged {
    place: string | null;
  }

  /**
   * `place` is the primary one from now on. It is another than claimed, or null, while no live feed of the place
   * that claims is open; the claim counts as soon as there is one.
   */
  interface PrimaryPlace {
    place: string | null;
  }

  /** `place` is an id that the tab, frame or program has chosen for itself, and by which its live feed is open. */
  interface PrimaryRequest {
    /** A UUID in lower case, version 7 by preference. */
    place: string;
  }

  /**
   * `opens_at` and `callback`, the channel for callbacks, come with `out_of_hours`; `changed` comes with
   * `changed_meanwhile` and `configuration_changed`.
   * `request_id` is that of the header `X-Request-Id`, under which the log knows the request.
   */
  interface ProblemDetails {
    type: string;
    title: string;
    status: number;
    detail: string;
    code: string;
    errors?: Array<FieldError>;
    request_id?: string | null;
    opens_at?: string | null;
    callback?: string | null;
    changed?: ItemChange | null;
  }

  interface Productivity {
    /** When the interval begins, by the clock on the wall. */
    interval: string;
    /** The agent. */
    agent_id: string | null;
    /** The queue. */
    queue: string | null;
    /** The MRD (media routing domain). */
    mrd: string | null;
    /** Tasks offered. */
    offered: number;
    /** Accepted. */
    accepted: number;
    /** Closed as done. */
    done: number;
    /** Closed because the agent transferred the conversation. */
    transferred_out: number;
    /** Offers not answered in time. */
    rona: number;
    /** Offers declined. */
    declined: number;
    /** Closed for another reason. */
    cancelled: number;
    /** Not closed yet. */
    open: number;
    /** Accepted tasks that came by a transfer. */
    transferred_in: number;
    /** Accepted and closed. */
    handled: number;
    /** Seconds from acceptance to close, wrap-up included, of the handled. */
    handle_time: number;
    /** handle_time ÷ handled. */
    average_handle: number | null;
    /** The handle time that half of the handled did not exceed. */
    median_handle: number | null;
    /** The handle time that 90 % of the handled did not exceed. */
    p90_handle: number | null;
    /** Closed after a wrap-up. */
    wrapped_up: number;
    /** Seconds of wrap-up, of the wrapped_up. */
    wrap_up_time: number;
    /** wrap_up_time ÷ wrapped_up. */
    average_wrap_up: number | null;
    /** Seconds from the offer to its acceptance, of the accepted. */
    answer_time: number;
    /** The quickest acceptance, in seconds. */
    minimum_answer: number | null;
    /** The slowest acceptance, in seconds. */
    maximum_answer: number | null;
    /** answer_time ÷ accepted. */
    average_answer: number | null;
  }

  interface ProductivityPrevious {
    from: string;
    to: string;
    as_of: string;
    days: number;
    intervals: Array<ReportInterval>;
    rows: Array<Productivity>;
  }

  interface ProductivityReport {
    report: string;
    zone: string;
    interval: string;
    by: Array<string>;
    from: string;
    to: string;
    as_of: string;
    position: number;
    masked: boolean;
    rows: Array<Productivity>;
    next: string | null;
    intervals: Array<ReportInterval>;
    previous: ProductivityPrevious | null;
  }

  interface Profile {
    agent_id: string;
    name: string;
    role: string;
  }

  /** The progress of a projection. `lag_seconds` is the age of the oldest event that it has not seen. */
  interface ProjectionState {
    name: string;
    description: string;
    generation: number;
    version: number;
    status: "building" | "live";
    position: number;
    lag_events: number;
    lag_seconds: number;
    parked: number;
  }

  /**
   * A waiting line inside one MRD.
   *
   * `distribution` push offers tasks, pull lets agents pick. `sticky_seconds` waits for the agent who served the
   * customer last. A task that waits for `time_to_live_seconds` ends with `no_agent_available`. An agent who does
   * not answer the customer for `response_seconds` loses the task. `calendar` says when the queue is open.
   */
  interface Queue {
    /** The name of a configured MRD. */
    mrd: string;
    priority?: number;
    distribution?: "pull" | "push";
    offer_timeout_seconds?: number;
    wrap_up_seconds?: number;
    service_level_seconds?: number;
    time_to_live_seconds?: number | null;
    sticky_seconds?: number;
    response_seconds?: number | null;
    steps?: Array<Step>;
    overflow?: Overflow | null;
    calendar?: string | null;
  }

  /** The task waits in another queue: it overflowed, or its queue was flushed. */
  interface QueueChanged {
    task_id: string;
    queue: QueueSettings;
    reason: string;
  }

  /** The queue's rules from now on. Tasks that wait in it keep their places. */
  interface QueueConfigured {
    name: string;
    queue: Queue;
  }

  interface QueueInterval {
    /** When the interval begins, by the clock on the wall. */
    interval: string;
    /** The queue. */
    queue: string | null;
    /** The MRD (media routing domain). */
    mrd: string | null;
    /** Tasks that came into the queue. */
    offered: number;
    /** Accepted by an agent. */
    answered: number;
    /** The customer did not wait for an agent. */
    abandoned: number;
    /** Nobody took it in time. */
    expired: number;
    /** Went to another queue. */
    moved: number;
    /** Left for another reason. */
    cancelled: number;
    /** Still in the queue. */
    waiting: number;
    /** The longest wait of these tasks, in seconds. */
    longest_queued: number | null;
    /** The most tasks that waited at the same time, whenever they came into the queue. */
    max_queued: number;
    /** Seconds that the answered waited. */
    answer_time: number;
    /** answer_time ÷ answered. */
    average_speed_of_answer: number | null;
    /** Seconds that the abandoned waited. */
    abandon_time: number;
    /** abandon_time ÷ abandoned. */
    average_abandon: number | null;
    /** Answered after at most 60 seconds. */
    answered_within_60: number;
    /** Answered after at most 120 seconds. */
    answered_within_120: number;
    /** Answered after at most 180 seconds. */
    answered_within_180: number;
    /** Answered after at most 240 seconds. */
    answered_within_240: number;
    /** Answered within the queue's service-level threshold. */
    answered_in_threshold: number;
    /** Abandoned within the queue's service-level threshold. */
    abandoned_in_threshold: number;
    /** answered_in_threshold ÷ (offered - abandoned_in_threshold), in per cent. */
    service_level: number | null;
    /** answered_in_threshold ÷ offered, in per cent. */
    service_level_of_offered: number | null;
    /** (answered_in_threshold + abandoned_in_threshold) ÷ offered, in per cent. */
    service_level_with_abandoned: number | null;
  }

  interface QueueIntervalPrevious {
    from: string;
    to: string;
    as_of: string;
    days: number;
    intervals: Array<ReportInterval>;
    rows: Array<QueueInterval>;
  }

  interface QueueIntervalReport {
    report: string;
    zone: string;
    interval: string;
    by: Array<string>;
    from: string;
    to: string;
    as_of: string;
    position: number;
    masked: boolean;
    rows: Array<QueueInterval>;
    next: string | null;
    intervals: Array<ReportInterval>;
    previous: QueueIntervalPrevious | null;
  }

  /**
   * `priority` runs from 1 to 10, 10 first. Times are in seconds; a wrap-up of 0 closes at once. An agent who does
   * not answer the customer for `response_seconds` loses the conversation.
   */
  interface QueueSettings {
    name: string;
    mrd: string;
    priority?: number;
    offer_timeout_seconds?: number;
    wrap_up_seconds?: number;
    response_seconds?: number | null;
  }

  /**
   * A task is `waiting` while an agent may be found for it, `offered` while an agent is asked, and `scheduled`
   * while it is for later. `oldest` is the instant since which the first waiting task has waited. Of the agents who
   * may ever be offered tasks of the queue, `agents_ready` have room for one now, and for `free_slots` in all. The
   * estimated wait is that of a customer who comes now; it is left out while the queue is closed or there is nothing to
   * base it on.
   */
  interface QueueState {
    queue: string;
    mrd: string;
    open: boolean;
    waiting: number;
    offered: number;
    scheduled: number;
    agents_eligible: number;
    agents_logged_in: number;
    agents_ready: number;
    free_slots: number;
    oldest?: string | null;
    opens_at?: string | null;
    closes_at?: string | null;
    estimated_wait_seconds?: number | null;
  }

  /** A queue to which a conversation may go. */
  interface QueueTarget {
    queue: string;
    mrd: string;
    open: boolean;
    waiting: number;
    offered: number;
    scheduled: number;
    agents_eligible: number;
    agents_logged_in: number;
    agents_ready: number;
    free_slots: number;
    oldest?: string | null;
    opens_at?: string | null;
    closes_at?: string | null;
    estimated_wait_seconds?: number | null;
    obstacles: Obstacles;
  }

  interface Queues {
    queues: Array<QueueState>;
  }

  interface RaiseHandRequest {
    raised: boolean;
    reason?: string | null;
  }

  /** An agent asks for a supervisor. */
  interface RaisedHand {
    agent_id: string;
    reason?: string | null;
  }

  interface Rating {
    score: number;
    comment?: string | null;
  }

  /** Asks the customer for a score from 1 to `scale`. */
  interface RatingContent {
    type: "rating";
    text: string;
    scale?: number;
  }

  interface Ratings {
    /** When the interval begins, by the clock on the wall. */
    interval: string;
    /** The agent who owned the answer last. */
    agent_id: string | null;
    /** The queue in which an agent was last asked for. */
    queue: string | null;
    /** The queue's MRD. */
    mrd: string | null;
    /** The channel. */
    channel: string | null;
    /** inbound or outbound. */
    direction: string | null;
    /** Conversations that have ended, which customers may rate. */
    ended: number;
    /** Those that the customer has rated. */
    rated: number;
    /** Rated with 1, the worst. */
    rated_1: number;
    /** Rated with 2. */
    rated_2: number;
    /** Rated with 3. */
    rated_3: number;
    /** Rated with 4. */
    rated_4: number;
    /** Rated with 5, the best. */
    rated_5: number;
    /** The sum of the scores. */
    score: number;
    /** score ÷ rated. */
    average_rating: number | null;
    /** (rated_4 + rated_5) ÷ rated, in per cent (CSAT). */
    satisfaction: number | null;
    /** rated ÷ ended, in per cent. */
    response_rate: number | null;
  }

  interface RatingsPrevious {
    from: string;
    to: string;
    as_of: string;
    days: number;
    intervals: Array<ReportInterval>;
    rows: Array<Ratings>;
  }

  interface RatingsReport {
    report: string;
    zone: string;
    interval: string;
    by: Array<string>;
    from: string;
    to: string;
    as_of: string;
    position: number;
    masked: boolean;
    rows: Array<Ratings>;
    next: string | null;
    intervals: Array<ReportInterval>;
    previous: RatingsPrevious | null;
  }

  /** A reason for being not ready or for logging out; `use` says which of the two. */
  interface Reason {
    code: string;
    label: string;
    use: "logout" | "not_ready";
  }

  /** A reason for which an agent is not ready or logs out. */
  interface ReasonCode {
    label: string;
    use?: "logout" | "not_ready";
  }

  /** The fate of a message on its way to the customer. */
  interface Receipt {
    /** A UUID in lower case, version 7 by preference. */
    message_id: string;
    status: "delivered" | "failed" | "read";
  }

  /**
   * The fate of a message on its way, as `by` reports it: its receiver, or the system about a message that a
   * channel could not carry, with the provider's `code` and `detail`.
   */
  interface ReceiptRecorded {
    message_id: string;
    status: "delivered" | "failed" | "read" | "unknown";
    by: Sender;
    code?: string | null;
    detail?: string | null;
  }

  interface ReceiptRequest {
    /** A UUID in lower case, version 7 by preference. */
    message_id: string;
    status: "delivered" | "failed" | "read";
  }

  interface RefreshRequest {
    refresh_token: string;
  }

  /**
   * `description` defines what the column holds. `personal` marks a column that is masked for callers without the
   * right to see personal data.
   *
   * A `duration` is in seconds, a `share` in per cent; a `number` is neither counted nor measured, such as a score
   * or a position. `filter` is the filter that narrows the report to the rows of one value of the column.
   *
   * `combines` says how the values of several rows make one; it is null where they make none, as medians do not. A
   * `ratio` is the sum of the columns `part` divided by the sum of the columns `whole` less that of the columns
   * `without`; of a share it is in per cent.
   */
  interface ReportColumn {
    name: string;
    kind: "boolean" | "count" | "duration" | "instant" | "interval" | "link" | "list" | "number" | "share" | "text";
    description: string;
    personal: boolean;
    filter: string | null;
    combines: "largest" | "ratio" | "smallest" | "sum" | null;
    part: Array<string>;
    whole: Array<string>;
    without: Array<string>;
  }

  /**
   * `description` defines what the report counts, and in which interval. `kind` says whether it sums up or lists.
   *
   * `dimensions` are the values of `by` that a report that sums up takes, beside `total`, and `default_by` those
   * without one; `optional` are the filters that take `-` for what has no value. `figures` are the columns, or for
   * a list the names, whose conversations can be asked for at `conversations`.
   */
  interface ReportDescription {
    name: string;
    title: string;
    description: string;
    kind: "list" | "summary";
    path: string;
    filters: Array<string>;
    optional: Array<string>;
    dimensions: Array<string>;
    default_by: Array<string>;
    intervals: Array<string>;
    default_interval: string | null;
    figures: Array<string>;
    conversations: string | null;
    columns: Array<ReportColumn>;
  }

  interface ReportDirectory {
    reports: Array<ReportDescription>;
    projections: Array<ProjectionState>;
  }

  /**
   * An interval, also one without rows. `from` and `to`, which is not part of it, are cut at the range; with them
   * and the filters of a row's columns, the conversations of one of its figures are found. `before` is the interval of
   * the period before that belongs beside it.
   */
  interface ReportInterval {
    interval: string;
    from: string;
    to: string;
    before: string | null;
  }

  /** The customer is called from `wanted_at` on; it was `moved` there, to when the queue opens. */
  interface RequestedCallback {
    conversation_id: string;
    token: string;
    status: string;
    wanted_at: string;
    moved: boolean;
  }

  interface Resolutions {
    /** When the interval begins, by the clock on the wall. */
    interval: string;
    /** The agent who owned the answer last. */
    agent_id: string | null;
    /** The queue in which an agent was last asked for. */
    queue: string | null;
    /** The queue's MRD. */
    mrd: string | null;
    /** The channel. */
    channel: string | null;
    /** inbound or outbound. */
    direction: string | null;
    /** Conversations that started. */
    conversations: number;
    /** Those that ended while an agent or a bot owned the answer. */
    resolved: number;
    /** Those that ended while an agent was waited for. */
    unresolved: number;
    /** Those that go on. */
    open: number;
    /** Seconds from the start to the end, of the resolved, without wrap-up. */
    resolution_time: number;
    /** resolution_time ÷ resolved. */
    average_resolution: number | null;
    /** The time that half of the resolved did not exceed. */
    median_resolution: number | null;
    /** The time that 90 % of the resolved did not exceed. */
    p90_resolution: number | null;
    /** The longest time of the resolved. */
    maximum_resolution: number | null;
  }

  interface ResolutionsPrevious {
    from: string;
    to: string;
    as_of: string;
    days: number;
    intervals: Array<ReportInterval>;
    rows: Array<Resolutions>;
  }

  interface ResolutionsReport {
    report: string;
    zone: string;
    interval: string;
    by: Array<string>;
    from: string;
    to: string;
    as_of: string;
    position: number;
    masked: boolean;
    rows: Array<Resolutions>;
    next: string | null;
    intervals: Array<ReportInterval>;
    previous: ResolutionsPrevious | null;
  }

  /**
   * The connector at `url` gets what customers shall see. `signing_secret` signs both directions as Standard
   * Webhooks has it; while it is changed, `former_signing_secret` is valid too.
   */
  interface RestSettings {
    type: "rest";
    /** An address that begins with http:// or https://. */
    url: string;
    /** The name of a secret in the section [secrets] of the settings. */
    signing_secret: string;
    former_signing_secret?: string | null;
    text_limit?: number;
    buttons?: number;
  }

  /** How many parked deliveries wait again. */
  interface Retried {
    deliveries: number;
  }

  /** `identity` is a JSON Web Token in which the site has signed who the customer is. */
  interface ReturnRequest {
    /** The name of a configured channel, of the kind that the request is for. */
    channel: string;
    /** A JSON Web Token, signed with a key that the channel is configured to check. */
    identity: string;
  }

  /** From where events go to the target again: those beyond `position`, or those from the instant `at` on. */
  interface RewindRequest {
    position?: number | null;
    at?: string | null;
  }

  /** The events beyond the position go to the target again. */
  interface Rewound {
    target: string;
    position: number;
  }

  /** One event of the router: `data` as recorded, `sentence` in words. */
  interface RoutingDecision {
    position: number;
    at: string;
    type: string;
    sentence: string;
    data: unknown;
  }

  interface ScopeMeaning {
    scope: "admin" | "bot" | "connector" | "extern" | "inspect" | "personal" | "reports";
    meaning: string;
  }

  /** Every scope of API keys, with what a key may do by it. */
  interface Scopes {
    scopes: Array<ScopeMeaning>;
  }

  interface Sender {
    type: "agent" | "application" | "bot" | "customer" | "system";
    id?: string | null;
    name?: string | null;
  }

  /** A task that an agent has closed: its queue, and the time from its assignment to the end of its wrap-up. */
  interface ServedTask {
    task_id: string;
    queue: string;
    seconds: number;
  }

  /** Times are in seconds. */
  interface Session {
    access_token: string;
    expires_in: number;
    refresh_token: string;
    agent: Profile;
    session_id?: string;
  }

  interface SessionRow {
    /** The conversation. */
    conversation_id: string;
    /** Counts the conversation's sessions from 1. */
    number: number;
    /** The channel. */
    channel: string;
    /** The customer's id; only a claim unless it is verified. */
    customer_id: string | null;
    /** Whether the customer is proven to have the id. */
    customer_verified: boolean;
    /** The customer's name. */
    customer_name: string | null;
    /** The customer's email address. */
    customer_email: string | null;
    /** The customer's phone number. */
    customer_phone: string | null;
    /** The language of the conversation. */
    language: string | null;
    /** When the customer came. */
    started_at: string;
    /** When the session ended. */
    ended_at: string | null;
    /** Seconds; of a session that lasts, up to as_of. */
    duration: number;
    /** How it ended. */
    disposition: string | null;
    /** The position of the event by which it began. */
    position: number;
  }

  interface SessionRowReport {
    report: string;
    zone: string;
    interval: string;
    by: Array<string>;
    from: string;
    to: string;
    as_of: string;
    position: number;
    masked: boolean;
    rows: Array<SessionRow>;
    next: string | null;
  }

  interface SetAgentStateRequest {
    state: "logged_out" | "not_ready" | "ready";
    reason?: string | null;
  }

  interface SetStateRequest {
    state: "not_ready" | "ready";
    reason?: string | null;
  }

  /**
   * `language` is a BCP 47 tag. `text` is the customer's first message. `identity` is a JSON Web Token in which
   * the site has signed who the customer is.
   */
  interface StartConversationRequest {
    /** The name of a configured channel, of the kind that the request is for. */
    channel: string;
    id?: string | null;
    customer?: ClaimedCustomer;
    queue?: string | null;
    language?: string | null;
    /** Any JSON that has at most 16 KiB and nests at most 32 levels deep. */
    attributes?: { [name: string]: unknown };
    text?: string | null;
    identity?: string | null;
  }

  /** `returned` is true when this is the customer's earlier conversation, which goes on. */
  interface StartedConversation {
    conversation_id: string;
    token: string;
    status: string;
    version: number;
    returned?: boolean;
  }

  /**
   * The state after `event`. `changes` lead to it from the state at `previous_version`, as JSON Patch
   * (RFC 6902); `last_version` is that of the stream's last event.
   */
  interface StateAt {
    stream: string;
    version: number;
    at: string;
    event: InspectedEvent;
    state: unknown;
    previous_version: number | null;
    changes: Array<{ [name: string]: unknown }>;
    last_version: number;
    masked: boolean;
  }

  interface StateRow {
    /** The agent. */
    agent_id: string;
    /** The MRD (media routing domain). */
    mrd: string;
    /** The state. */
    state: string;
    /** The reason that was given. */
    reason: string | null;
    /** When it began. */
    from: string;
    /** When it ended; empty while it lasts. */
    to: string | null;
    /** Seconds; of a state that lasts, up to as_of. */
    duration: number;
    /** The position of the event by which it began. */
    position: number;
  }

  interface StateRowReport {
    report: string;
    zone: string;
    interval: string;
    by: Array<string>;
    from: string;
    to: string;
    as_of: string;
    position: number;
    masked: boolean;
    rows: Array<StateRow>;
    next: string | null;
  }

  interface States {
    state: string;
    mrds: Array<MrdState>;
    reason?: string | null;
  }

  /**
   * A step of a queue. It admits agents who meet its criterion, such as `english >= 8 and sales`, or that of an
   * earlier step. The next step follows after `seconds`; the last step holds from then on. An empty criterion admits
   * everyone.
   */
  interface Step {
    /** A criterion of configured attributes, by their types. */
    criterion?: string;
    seconds?: number;
  }

  /**
   * A stream in short: the number of its events, the times of the first and the last, and the type of the last. Only
   * that of a conversation has `conversation`.
   */
  interface StreamHead {
    stream: string;
    category: string;
    entity_id: string;
    events: number;
    first_at: string;
    last_at: string;
    last_type: string;
    conversation?: ConversationHead | null;
  }

  /** Events of one stream. `version` is that of the stream's last event, `next` the cursor to go on from. */
  interface StreamPage {
    stream: string;
    events: Array<InspectedEvent>;
    next: number;
    version: number;
    masked: boolean;
  }

  /** `next` is the cursor to go on from; null at the end. */
  interface Streams {
    streams: Array<StreamHead>;
    next: string | null;
    masked: boolean;
  }

  /**
   * `made_by` is the API key that made the webhook, if one did. `disabled_because` says why the server has
   * disabled it.
   */
  interface SubscribedWebhook {
    id: string;
    url: string;
    events: Array<"AgentJoined" | "AgentLeft" | "AgentLoggedIn" | "AgentLoggedOut" | "AgentMrdStateChanged" | "AgentReminded" | "AgentRequested" | "AgentRoleChanged" | "AgentStateChanged" | "AssistEnded" | "AssistRequested" | "AttributesChanged" | "BotAssigned" | "BotFailed" | "BotReplyDropped" | "BotSaidNothing" | "ConversationEnded" | "ConversationRated" | "ConversationStarted" | "CustomerActivityNoticed" | "CustomerReminded" | "CustomerReturned" | "HandLowered" | "HandRaised" | "LabelsChanged" | "MessagePosted" | "NoteAdded" | "OfferExpired" | "OfferWithdrawn" | "QueueChanged" | "ReceiptRecorded" | "SuggestionPosted" | "TaskAccepted" | "TaskAssigned" | "TaskAssignedDirectly" | "TaskCancelled" | "TaskClosed" | "TaskDeclined" | "TaskExpired" | "TaskMoved" | "TaskOffered" | "TaskQueued" | "TaskRequeued" | "TaskReserved" | "WhisperPosted" | "WrapUpCompleted" | "WrapUpStarted">;
    channels: Array<string>;
    queues: Array<string>;
    teams: Array<string>;
    personal: boolean;
    enabled: boolean;
    made_by?: string | null;
    disabled_because?: string | null;
  }

  /** The webhooks in the order of their ids. `next` is the id after which to go on, if there are more. */
  interface SubscribedWebhooks {
    webhooks: Array<SubscribedWebhook>;
    next: string | null;
  }

  /** The answer that the bot suggests; only agents see it. */
  interface SuggestionPosted {
    message_id: string;
    bot: string;
    content: TextContent | ImageContent | AudioContent | VideoContent | FileContent | AttachmentContent | ButtonsContent | CarouselContent | LocationContent | ContactContent | NotificationContent | FormContent | FormAnswersContent | RatingContent | CustomContent;
  }

  /** The tables, in such an order that each item comes after the items that it names. */
  interface Tables {
    attributes?: { [name: string]: Attribute };
    mrds?: { [name: string]: Mrd };
    calendars?: { [name: string]: Calendar };
    queues?: { [name: string]: Queue };
    bots?: { [name: string]: Bot };
    channels?: { [name: string]: Channel };
    reason_codes?: { [name: string]: ReasonCode };
    wrap_up_codes?: { [name: string]: WrapUpCode };
    canned_messages?: { [name: string]: CannedMessage };
    agents?: { [name: string]: Agent };
    teams?: { [name: string]: Team };
    api_keys?: { [name: string]: ApiKey };
    webhooks?: { [name: string]: Webhook };
  }

  /** Exactly one of the three is given: a queue, whose next free agent gets the conversation, an agent, or a bot. */
  interface Target {
    queue?: string | null;
    agent?: string | null;
    bot?: string | null;
  }

  /** Those to whom the conversation may go now. `mrd` is the one in which an agent who is named is asked. */
  interface Targets {
    mrd: string;
    queues: Array<QueueTarget>;
    agents: Array<AgentTarget>;
    bots: Array<BotTarget>;
  }

  /** A task. The `note` is from the agent who asked for another agent. */
  interface Task {
    task_id: string;
    conversation_id: string;
    mrd: string;
    queue: string;
    state: string;
    expires_at?: string | null;
    queued_at?: string | null;
    direction?: "barge_in" | "conference" | "consult" | "inbound" | "monitor" | "outbound" | "transfer_consult" | "transfer_direct";
    note?: string | null;
  }

  /** The agent has accepted the offer, or has picked the task. `mrd` and `queue` are those of the offer. */
  interface TaskAccepted {
    task_id: string;
    conversation_id: string;
    mrd?: string | null;
    queue?: string | null;
  }

  /**
   * The agent accepted, and the task leaves the router. `estimated_wait_seconds` is the estimate given when the
   * task was queued.
   */
  interface TaskAssigned {
    task_id: string;
    conversation_id: string;
    agent_id: string;
    queue?: string;
    assigned_at?: string | null;
    waited_seconds?: number | null;
    estimated_wait_seconds?: number | null;
  }

  /**
   * The agent takes part in a conversation without having been offered a task: as its supervisor, or
   * because the agent has started it.
   */
  interface TaskAssignedDirectly {
    task_id: string;
    conversation_id: string;
    mrd: string;
    queue: string;
    direction: "barge_in" | "conference" | "consult" | "inbound" | "monitor" | "outbound" | "transfer_consult" | "transfer_direct";
  }

  /** The task left the line without an agent. */
  interface TaskCancelled {
    task_id: string;
    conversation_id: string;
    reason: string;
  }

  /** The agent is done with a task that was accepted. */
  interface TaskClosed {
    task_id: string;
    conversation_id: string;
    reason: "agent_logout" | "cancelled" | "connection_lost" | "customer_left" | "done" | "force_closed" | "no_agent_available" | "rerouted" | "response_timeout" | "transferred";
    closed_at?: string | null;
  }

  /** The agent has declined the offer. */
  interface TaskDeclined {
    task_id: string;
    conversation_id: string;
    reason: string | null;
  }

  /** The task left the line because nobody took it in time, or because the queue was flushed. */
  interface TaskExpired {
    task_id: string;
    conversation_id: string;
    queue: string;
    reason: "agent_logout" | "cancelled" | "connection_lost" | "customer_left" | "done" | "force_closed" | "no_agent_available" | "rerouted" | "response_timeout" | "transferred";
  }

  /** `queue` is the one in which the task was put first. */
  interface TaskExplanation {
    task_id: string;
    conversation_id: string;
    mrd: string;
    queue: string;
    decisions: Array<RoutingDecision>;
  }

  /** The task waits in another queue of the MRD, by its old age. */
  interface TaskMoved {
    task_id: string;
    conversation_id: string;
    from_queue: string;
    queue: QueueSettings;
    reason: "flush" | "overflow";
    moved_at: string;
    step: number;
  }

  /**
   * A routing decision: the chosen agent, the rule and the candidates. `candidates` lists the best of them in
   * the rule's order, the chosen one first; `candidate_count` counts all. `excluded` names the agents who let the
   * task go and are left out; `nobody_else` means that the chosen agent let it go too, and nobody else may take it.
   * `excluded_counts` counts the agents of the MRD who were no candidates: `not_ready`, `busy`,
   * `criterion`. `decided_for` is the side that looked for the other: a task that looked for an agent, or an
   * agent who was free for the first fitting of `waiting` tasks.
   */
  interface TaskOffered {
    task_id: string;
    conversation_id: string;
    agent_id: string;
    offered_at: string;
    expires_at: string;
    rule: "longest_available" | "picked" | "preferred_agent";
    candidates: Array<Candidate>;
    candidate_count: number;
    excluded: Array<Exclusion>;
    rule_version?: number;
    queue?: string;
    step?: number;
    criterion?: string;
    excluded_counts?: { [name: string]: number };
    decided_for?: "agent" | "task";
    waiting?: number;
    nobody_else?: boolean;
  }

  /**
   * A task enters the line.
   *
   * `queued_at` is its place, which may lie before `entered_at`; `ahead` puts it before all others. Until
   * `preferred_until` only `preferred_agent` may take it; then all agents that step `step` admits, or nobody when
   * `preferred_only`. Before `not_before` nobody may; `without_agent` gave it away and is excluded,
   * until `excluded_until` if there is such an end. `position` counts from 1 within the queue. The estimated wait
   * is None while there is nothing to base it on; a task for later has neither.
   */
  interface TaskQueued {
    task_id: string;
    conversation_id: string;
    queue: QueueSettings;
    priority: number;
    queued_at: string;
    entered_at?: string | null;
    direction?: "barge_in" | "conference" | "consult" | "inbound" | "monitor" | "outbound" | "transfer_consult" | "transfer_direct";
    ahead?: boolean;
    step?: number;
    preferred_agent?: string | null;
    preferred_until?: string | null;
    preferred_only?: boolean;
    not_before?: string | null;
    without_agent?: string | null;
    excluded_until?: string | null;
    position?: number | null;
    estimated_wait_seconds?: number | null;
  }

  /**
   * The task is back at its old place. `rona` excludes the agent from it until the agent returns to ready,
   * `declined` until `excluded_until` at the latest.
   */
  interface TaskRequeued {
    task_id: string;
    conversation_id: string;
    agent_id: string;
    reason: "agent_logout" | "agent_not_ready" | "agent_unavailable" | "declined" | "interrupted" | "no_room" | "rona";
    step?: number;
    excluded_until?: string | null;
  }

  /** The agent is offered a task; the event shows the task as the API does. */
  interface TaskReserved {
    task_id: string;
    conversation_id: string;
    mrd: string;
    queue: string;
    state?: "reserved";
    reserved_at: string;
    expires_at: string;
    direction?: "barge_in" | "conference" | "consult" | "inbound" | "monitor" | "outbound" | "transfer_consult" | "transfer_direct";
  }

  interface TaskRow {
    /** The agent. */
    agent_id: string;
    /** The queue by whose rules it was offered. */
    queue: string;
    /** The MRD (media routing domain). */
    mrd: string;
    /** Why the task is there. */
    direction: string;
    /** The task. */
    task_id: string;
    /** The conversation. */
    conversation_id: string;
    /** When it was offered. */
    offered_at: string;
    /** When the agent accepted. */
    accepted_at: string | null;
    /** When the wrap-up began. */
    wrap_up_at: string | null;
    /** When it was over for the agent. */
    closed_at: string | null;
    /** Seconds from the offer to its acceptance, or to its end without one. */
    alert: number | null;
    /** Seconds from acceptance to wrap-up, or to close. */
    talk: number | null;
    /** Seconds of wrap-up. */
    wrap_up: number | null;
    /** How it ended. */
    disposition: string | null;
    /** Why an offer was withdrawn. */
    reason: string | null;
    /** Where the conversation can be read. */
    transcript: string;
    /** The position of the event by which it was offered. */
    position: number;
  }

  interface TaskRowReport {
    report: string;
    zone: string;
    interval: string;
    by: Array<string>;
    from: string;
    to: string;
    as_of: string;
    position: number;
    masked: boolean;
    rows: Array<TaskRow>;
    next: string | null;
  }

  /**
   * A team. Its `supervisors` are supervisors or administrators, and see its agents and their
   * conversations.
   */
  interface Team {
    label?: string | null;
    supervisors?: Array<string>;
  }

  /**
   * `token` is the bot's. Telegram calls the server's webhook with `webhook_secret`, or the server asks Telegram
   * by `polling`, which needs no public address and no such secret.
   */
  interface TelegramSettings {
    type: "telegram";
    /** The name of a secret in the section [secrets] of the settings. */
    token: string;
    webhook_secret?: string | null;
    updates?: "polling" | "webhook";
    /** An address that begins with http:// or https://. */
    base_url?: string;
  }

  /** A text. A customer who has pressed a button says its title; `payload` is the button's, which is for the bot. */
  interface TextContent {
    type: "text";
    text: string;
    payload?: string | null;
  }

  /**
   * All events that belong together, over all streams, with their causes. `next` is the position to go on from;
   * null at the end.
   */
  interface Trace {
    id: string;
    events: Array<TracedEvent>;
    edges: Array<Edge>;
    next: number | null;
    masked: boolean;
  }

  /** `lane` groups the events for drawing: `customer`, `bot:greeter`, `router:chat`, `agent:alice`, … */
  interface TracedEvent {
    position: number;
    stream: string;
    version: number;
    event_id: string;
    type: string;
    at: string;
    schema_version: number;
    correlation_id: string;
    causation_id: string;
    actor: string;
    summary: string;
    data: unknown;
    lane: string;
  }

  interface Transcript {
    conversation_id: string;
    channel: string;
    started_at: string;
    entries: Array<TranscriptEntry>;
  }

  interface TranscriptEntry {
    at: string;
    type: "event" | "message" | "note";
    sender: Participant;
    text: string;
  }

  /**
   * `sender` is a number such as `+15005550006`, a short code, or `whatsapp:+15005550006`. `auth_token`
   * checks what Twilio signs; calls are made with the API key `api_key` and its `api_key_secret` where there is one,
   * else with the token. While the token is changed, `former_auth_token` checks too. `signing_keys` are the keys by
   * which Twilio signs with SHA-256, by their names.
   *
   * With `mms`, which Twilio has in the USA and Canada, SMS carry files. `opt_out_words` says that Twilio blocks the
   * number of a customer who sends STOP by SMS, as it does unless its support has turned that off. WhatsApp has
   * `buttons`, by templates that the server makes at Twilio; `choices_label` opens a list of more than three.
   */
  interface TwilioSettings {
    type: "twilio";
    account: string;
    /** A number such as +15005550006, a short code, or whatsapp:+15005550006. */
    sender: string;
    /** The name of a secret in the section [secrets] of the settings. */
    auth_token: string;
    former_auth_token?: string | null;
    api_key?: string | null;
    api_key_secret?: string | null;
    signing_keys?: { [name: string]: string };
    messaging_service?: string | null;
    validity_seconds?: number;
    mms?: boolean;
    opt_out_words?: boolean;
    buttons?: boolean;
    choices_label?: string;
    /** An address that begins with http:// or https://. */
    base_url?: string;
    /** An address that begins with http:// or https://. */
    messaging_url?: string;
    /** An address that begins with http:// or https://. */
    content_url?: string;
  }

  interface Typing {
    active: boolean;
  }

  /** The sender began or stopped typing. */
  interface TypingChanged {
    sender: Sender;
    active: boolean;
  }

  /**
   * The item as it is now, as reading it answers; null when it is not there any more. `version` is that of its last
   * change.
   */
  interface Undone {
    kind: "agents" | "api_keys" | "attributes" | "bots" | "calendars" | "canned_messages" | "channels" | "mrds" | "queues" | "reason_codes" | "teams" | "webhooks" | "wrap_up_codes";
    name: string;
    item: { [name: string]: unknown } | null;
    version: number;
  }

  /** The parts of the form. The part of the file names the file and its media type. */
  interface Upload {
    file: Blob;
    id?: string | null;
  }

  /** `url` is the address at which the uploader can read the file again, with the same token. */
  interface UploadedAttachment {
    attachment_id: string;
    name: string;
    media_type: string;
    size: number;
    url: string;
  }

  interface VideoContent {
    type: "video";
    url?: string | null;
    attachment_id?: string | null;
    name?: string | null;
    media_type?: string | null;
    size?: number | null;
    text?: string | null;
  }

  interface Volume {
    /** When the interval begins, by the clock on the wall. */
    interval: string;
    /** The queue in which an agent was last asked for. */
    queue: string | null;
    /** The queue's MRD. */
    mrd: string | null;
    /** The channel. */
    channel: string | null;
    /** inbound or outbound. */
    direction: string | null;
    /** Conversations that started. */
    conversations: number;
    /** Those that a bot began. */
    with_bot_first: number;
    /** Those in which an agent was ever asked for. */
    asked: number;
    /** Those in which an agent ever owned the answer. */
    answered: number;
    /** Messages of their customers, whenever they were written. */
    customer_messages: number;
    /** Messages of bots in them. */
    bot_messages: number;
    /** Messages of agents in them. */
    agent_messages: number;
  }

  interface VolumePrevious {
    from: string;
    to: string;
    as_of: string;
    days: number;
    intervals: Array<ReportInterval>;
    rows: Array<Volume>;
  }

  interface VolumeReport {
    report: string;
    zone: string;
    interval: string;
    by: Array<string>;
    from: string;
    to: string;
    as_of: string;
    position: number;
    masked: boolean;
    rows: Array<Volume>;
    next: string | null;
    intervals: Array<ReportInterval>;
    previous: VolumePrevious | null;
  }

  /**
   * The customer's `position` in the line, from 1, the number of the logged-in agents who may serve the customer,
   * and the estimated wait from now on. The estimate is left out while there is nothing to base it on.
   */
  interface WaitChanged {
    position: number;
    agents_logged_in: number;
    estimated_wait_seconds?: number | null;
  }

  /** `position` counts from 1 within the queue. */
  interface WaitingTask {
    task_id: string;
    conversation_id: string;
    mrd: string;
    queue: string;
    state: string;
    expires_at?: string | null;
    queued_at?: string | null;
    direction?: "barge_in" | "conference" | "consult" | "inbound" | "monitor" | "outbound" | "transfer_consult" | "transfer_direct";
    note?: string | null;
    position: number;
    conversation: Conversation;
  }

  interface WaitingTasks {
    tasks: Array<WaitingTask>;
  }

  /**
   * Events are sent to `url` as they are recorded: those of the types in `events`, or all that applications see
   * if there are none. With `channels`, `queues` or `teams`, only events of conversations on one of the channels,
   * in one of the queues, or with an agent of one of the teams; an agent's own events are of the agent's team. Personal
   * data is hidden unless the webhook is `personal`.
   *
   * Calls are signed as Standard Webhooks has it: with `signing_secret` and, while receivers change over, also with
   * `former_signing_secret`, which both name secrets of the settings; without them with the secret that the server has
   * made. A webhook that is `made_by` an API key lasts as long as the key. The server itself writes
   * `disabled_because` when it disables one.
   */
  interface Webhook {
    /** An address that begins with http:// or https://. */
    url: string;
    events?: Array<"AgentJoined" | "AgentLeft" | "AgentLoggedIn" | "AgentLoggedOut" | "AgentMrdStateChanged" | "AgentReminded" | "AgentRequested" | "AgentRoleChanged" | "AgentStateChanged" | "AssistEnded" | "AssistRequested" | "AttributesChanged" | "BotAssigned" | "BotFailed" | "BotReplyDropped" | "BotSaidNothing" | "ConversationEnded" | "ConversationRated" | "ConversationStarted" | "CustomerActivityNoticed" | "CustomerReminded" | "CustomerReturned" | "HandLowered" | "HandRaised" | "LabelsChanged" | "MessagePosted" | "NoteAdded" | "OfferExpired" | "OfferWithdrawn" | "QueueChanged" | "ReceiptRecorded" | "SuggestionPosted" | "TaskAccepted" | "TaskAssigned" | "TaskAssignedDirectly" | "TaskCancelled" | "TaskClosed" | "TaskDeclined" | "TaskExpired" | "TaskMoved" | "TaskOffered" | "TaskQueued" | "TaskRequeued" | "TaskReserved" | "WhisperPosted" | "WrapUpCompleted" | "WrapUpStarted">;
    channels?: Array<string>;
    queues?: Array<string>;
    teams?: Array<string>;
    personal?: boolean;
    enabled?: boolean;
    signing_secret?: string | null;
    former_signing_secret?: string | null;
    made_by?: string | null;
    disabled_because?: string | null;
  }

  /**
   * How the receiver has answered the example after so many `seconds`: with this `status` and these first
   * characters of its `answer`. `failure` says what was wrong, if anything was.
   */
  interface WebhookAttempt {
    seconds: number;
    status?: number | null;
    answer?: string | null;
    failure?: string | null;
  }

  /**
   * Events are sent to `url` as they are recorded: those of the types in `events`, or all types if there are
   * none. With `channels`, `queues` or `teams`, only events of conversations on one of the channels, in one of the
   * queues, or with an agent of one of the teams; an agent's own events are of the agent's team. `personal` sends
   * personal data in clear, and needs a key with the scope personal. A webhook that is not `enabled` is sent
   * nothing.
   */
  interface WebhookRequest {
    /** An address that begins with http:// or https://. */
    url: string;
    events?: Array<"AgentJoined" | "AgentLeft" | "AgentLoggedIn" | "AgentLoggedOut" | "AgentMrdStateChanged" | "AgentReminded" | "AgentRequested" | "AgentRoleChanged" | "AgentStateChanged" | "AssistEnded" | "AssistRequested" | "AttributesChanged" | "BotAssigned" | "BotFailed" | "BotReplyDropped" | "BotSaidNothing" | "ConversationEnded" | "ConversationRated" | "ConversationStarted" | "CustomerActivityNoticed" | "CustomerReminded" | "CustomerReturned" | "HandLowered" | "HandRaised" | "LabelsChanged" | "MessagePosted" | "NoteAdded" | "OfferExpired" | "OfferWithdrawn" | "QueueChanged" | "ReceiptRecorded" | "SuggestionPosted" | "TaskAccepted" | "TaskAssigned" | "TaskAssignedDirectly" | "TaskCancelled" | "TaskClosed" | "TaskDeclined" | "TaskExpired" | "TaskMoved" | "TaskOffered" | "TaskQueued" | "TaskRequeued" | "TaskReserved" | "WhisperPosted" | "WrapUpCompleted" | "WrapUpStarted">;
    channels?: Array<string>;
    queues?: Array<string>;
    teams?: Array<string>;
    personal?: boolean;
    enabled?: boolean;
  }

  /**
   * `phone_number_id` is the id of the number, not the number. `choices_label` is what customers press to see
   * more than three choices.
   */
  interface WhatsAppSettings {
    type: "whatsapp";
    /** The name of a secret in the section [secrets] of the settings. */
    access_token: string;
    /** The name of a secret in the section [secrets] of the settings. */
    app_secret: string;
    /** The name of a secret in the section [secrets] of the settings. */
    verify_token: string;
    prove_calls?: boolean;
    version?: string;
    /** An address that begins with http:// or https://. */
    base_url?: string;
    phone_number_id: string;
    choices_label?: string;
  }

  /** A supervisor's word to the agents; the customer never sees it. */
  interface WhisperPosted {
    message_id: string;
    agent_id: string;
    agent_name: string;
    text: string;
  }

  interface WhisperRequest {
    text: string;
    id?: string | null;
  }

  /**
   * `mode`: `live` chats, `callback` takes numbers, `both` offers both, and `auto` offers the callback
   * first while the queue is closed or the estimated wait is over `max_wait_seconds`. Callbacks go to
   * `callback_channel`, or to the first channel of kind callback.
   *
   * `accent` is the colour of the launcher and of what the visitor says. With `launcher` `open` there is one only
   * while the queue is open. With `storage` `none` the browser keeps nothing, as for a screen that many people use.
   * Visitors may send files and, with `location`, where they are.
   *
   * `texts` words what the widget says otherwise: by the text's name, then by language. `form` is asked before the
   * first message.
   */
  interface Widget {
    mode?: "auto" | "both" | "callback" | "live";
    callback_channel?: string | null;
    max_wait_seconds?: number | null;
    accent?: string | null;
    theme?: "dark" | "light" | "page" | "system";
    launcher?: "always" | "open";
    storage?: "none" | "site";
    attachments?: boolean;
    location?: boolean;
    sound?: boolean;
    texts?: { [name: string]: { [name: string]: string } };
    form?: Array<FormQuestion>;
    invitation?: Invitation | null;
  }

  /**
   * How the widget of a channel looks and what it does, in one language. `texts` are the channel's own words.
   * `language` is what the channel speaks when nothing is known of the visitor. `callback_channel` is left out
   * when nobody is called back, and `attachments` when visitors send no files. A `bot` answers
   * out of hours as well.
   */
  interface WidgetSettings {
    mode: string;
    theme: string;
    launcher: string;
    storage: string;
    location: boolean;
    sound: boolean;
    identity_required: boolean;
    bot: boolean;
    accent?: string | null;
    language?: string | null;
    callback_channel?: string | null;
    max_wait_seconds?: number | null;
    attachments?: AttachmentLimits | null;
    texts?: { [name: string]: string };
    form?: Array<AskedQuestion>;
  }

  interface WrapUpCode {
    label: string;
  }

  /** The agent has wrapped the conversation up, or the time for it is over. */
  interface WrapUpCompleted {
    agent_id: string;
    codes: Array<string>;
    note: string | null;
    reason: "agent_logout" | "submitted" | "timeout";
  }

  interface WrapUpRequest {
    codes?: Array<string>;
    note?: string | null;
  }

  /** The conversation has ended, and the agent has until `expires_at` to wrap it up. */
  interface WrapUpStarted {
    task_id: string;
    conversation_id: string;
    expires_at: string;
  }

  /**
   * The customer to whom an application writes. What is left out is as in the customer's last conversation on the
   * channel.
   */
  interface WrittenCustomer {
    /** As the channel's connector knows the customer; on a channel of kind web, as the site has signed it, and the customer has an earlier conversation there. */
    id: string;
    name?: string | null;
    email?: string | null;
    phone?: string | null;
    /** Any JSON that has at most 16 KiB and nests at most 32 levels deep. */
    attributes?: { [name: string]: unknown };
  }

  /** The message, and the conversation in which it stands; `version` is the conversation's after it. */
  interface WrittenMessage {
    conversation_id: string;
    message_id: string;
    version: number;
  }
}
