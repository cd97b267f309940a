// What reports and their figures mean, in German, by what the server writes in English.

/** @type {Record<string, string>} */
export const DEFINITIONS = {
  "When the interval begins, by the clock on the wall.":
    "Wann das Intervall beginnt, nach der Uhr an der Wand.",
  "The agent.":
    "Der Agent.",
  "The MRD (media routing domain).":
    "Die MRD: eine Art von Medien, wie Chat oder Rückruf.",
  "The queue.":
    "Die Warteschlange.",
  "The channel.":
    "Der Kanal.",
  "The bot.":
    "Der Bot.",
  "The conversation.":
    "Die Unterhaltung.",
  "The task.":
    "Die Aufgabe.",
  "Seconds in the MRD while logged in: the sum of the states.":
    "Zeit in der MRD, während der Agent angemeldet war: die Summe der Zustände.",
  "Seconds not ready.":
    "Zeit, in der der Agent nicht bereit war.",
  "Seconds ready, without a task.":
    "Zeit, in der der Agent bereit war und keine Aufgabe hatte.",
  "Seconds with an offer and no task.":
    "Zeit mit einem Angebot und ohne Aufgabe.",
  "Seconds with tasks, and room for more.":
    "Zeit mit Aufgaben und Platz für weitere.",
  "Seconds with as many tasks as may be held.":
    "Zeit mit so vielen Aufgaben, wie der Agent haben darf.",
  "Seconds with tasks, taking no more.":
    "Zeit mit Aufgaben, ohne weitere anzunehmen.",
  "Seconds interrupted by a task of another MRD.":
    "Zeit, in der eine Aufgabe einer anderen MRD den Agenten unterbrach.",
  "(ready + active) ÷ logged_in, in per cent.":
    "(Bereit + Aktiv) ÷ Angemeldet, in Prozent.",
  "(active + busy + pending_not_ready) ÷ (logged_in - not_ready - interrupted), in per cent: the share of the time ready for work in which there was work, wrap-up included.":
    "(Aktiv + Ausgelastet + Danach nicht bereit) ÷ (Angemeldet − Nicht bereit − Unterbrochen), in Prozent: der Anteil der Zeit in Arbeitsbereitschaft, in dem es Arbeit gab, Nachbearbeitung eingeschlossen.",
  "The state.":
    "Der Zustand.",
  "The reason that was given.":
    "Der angegebene Grund.",
  "When it began.":
    "Wann es begann.",
  "When it ended; empty while it lasts.":
    "Wann es endete; leer, solange es dauert.",
  "Seconds; of a state that lasts, up to as_of.":
    "Wie lange; bei einem Zustand, der andauert, bis zum Stand des Berichts.",
  "The position of the event by which it began.":
    "Die Position des Ereignisses, mit dem es begann.",
  "Tasks offered.":
    "Angebotene Aufgaben.",
  "Accepted.":
    "Angenommene.",
  "Closed as done.":
    "Als erledigt geschlossene.",
  "Closed because the agent transferred the conversation.":
    "Geschlossene, weil der Agent die Unterhaltung übergab.",
  "Offers not answered in time.":
    "Angebote, die nicht rechtzeitig angenommen wurden.",
  "Offers declined.":
    "Abgelehnte Angebote.",
  "Closed for another reason.":
    "Aus einem anderen Grund geschlossene.",
  "Not closed yet.":
    "Noch nicht geschlossene.",
  "Accepted tasks that came by a transfer.":
    "Angenommene Aufgaben, die durch eine Übergabe kamen.",
  "Accepted and closed.":
    "Angenommene und geschlossene.",
  "Seconds from acceptance to close, wrap-up included, of the handled.":
    "Zeit von der Annahme bis zum Schließen, mit Nachbearbeitung, der bearbeiteten.",
  "handle_time ÷ handled.":
    "Bearbeitungszeit ÷ Bearbeitet.",
  "The handle time that half of the handled did not exceed.":
    "Die Bearbeitungszeit, die die Hälfte der bearbeiteten nicht überschritt.",
  "The handle time that 90 % of the handled did not exceed.":
    "Die Bearbeitungszeit, die 90 % der bearbeiteten nicht überschritten.",
  "Closed after a wrap-up.":
    "Nach einer Nachbearbeitung geschlossene.",
  "Seconds of wrap-up, of the wrapped_up.":
    "Zeit der Nachbearbeitung der nachbearbeiteten.",
  "wrap_up_time ÷ wrapped_up.":
    "Nachbearbeitungszeit ÷ Nachbearbeitet.",
  "Seconds from the offer to its acceptance, of the accepted.":
    "Zeit vom Angebot bis zur Annahme, der angenommenen.",
  "The quickest acceptance, in seconds.":
    "Die schnellste Annahme.",
  "The slowest acceptance, in seconds.":
    "Die langsamste Annahme.",
  "answer_time ÷ accepted.":
    "Annahmezeit ÷ Angenommen.",
  "The queue by whose rules it was offered.":
    "Die Warteschlange, nach deren Regeln sie angeboten wurde.",
  "Why the task is there.":
    "Warum es die Aufgabe gibt.",
  "When it was offered.":
    "Wann sie angeboten wurde.",
  "When the agent accepted.":
    "Wann der Agent annahm.",
  "When the wrap-up began.":
    "Wann die Nachbearbeitung begann.",
  "When it was over for the agent.":
    "Wann sie für den Agenten zu Ende war.",
  "Seconds from the offer to its acceptance, or to its end without one.":
    "Zeit vom Angebot bis zur Annahme, oder ohne sie bis zu seinem Ende.",
  "Seconds from acceptance to wrap-up, or to close.":
    "Zeit von der Annahme bis zur Nachbearbeitung oder zum Schließen.",
  "Seconds of wrap-up.":
    "Zeit der Nachbearbeitung.",
  "How it ended.":
    "Wie es endete.",
  "Why an offer was withdrawn.":
    "Warum ein Angebot zurückgezogen wurde.",
  "Where the conversation can be read.":
    "Wo die Unterhaltung zu lesen ist.",
  "The position of the event by which it was offered.":
    "Die Position des Ereignisses, mit dem sie angeboten wurde.",
  "Tasks that came into the queue.":
    "Aufgaben, die in die Warteschlange kamen.",
  "Accepted by an agent.":
    "Von einem Agenten angenommene.",
  "The customer did not wait for an agent.":
    "Der Kunde wartete nicht auf einen Agenten.",
  "Nobody took it in time.":
    "Niemand nahm sie rechtzeitig an.",
  "Went to another queue.":
    "In eine andere Warteschlange gekommene.",
  "Left for another reason.":
    "Aus einem anderen Grund gegangene.",
  "Still in the queue.":
    "Noch in der Warteschlange.",
  "The longest wait of these tasks, in seconds.":
    "Die längste Wartezeit dieser Aufgaben.",
  "The most tasks that waited at the same time, whenever they came into the queue.":
    "Die meisten Aufgaben, die gleichzeitig warteten, wann immer sie in die Warteschlange kamen.",
  "Seconds that the answered waited.":
    "Wartezeit der angenommenen.",
  "answer_time ÷ answered.":
    "Wartezeit der angenommenen ÷ Angenommen.",
  "Seconds that the abandoned waited.":
    "Wartezeit der aufgegebenen.",
  "abandon_time ÷ abandoned.":
    "Wartezeit der aufgegebenen ÷ Aufgegeben.",
  "Answered after at most 60 seconds.":
    "Nach höchstens 60 Sekunden angenommene.",
  "Answered after at most 120 seconds.":
    "Nach höchstens 120 Sekunden angenommene.",
  "Answered after at most 180 seconds.":
    "Nach höchstens 180 Sekunden angenommene.",
  "Answered after at most 240 seconds.":
    "Nach höchstens 240 Sekunden angenommene.",
  "Answered within the queue's service-level threshold.":
    "Innerhalb der Servicelevel-Schwelle der Warteschlange angenommene.",
  "Abandoned within the queue's service-level threshold.":
    "Innerhalb der Servicelevel-Schwelle der Warteschlange aufgegebene.",
  "answered_in_threshold ÷ (offered - abandoned_in_threshold), in per cent.":
    "Angenommen in der Schwelle ÷ (Angeboten − Aufgegeben in der Schwelle), in Prozent.",
  "answered_in_threshold ÷ offered, in per cent.":
    "Angenommen in der Schwelle ÷ Angeboten, in Prozent.",
  "(answered_in_threshold + abandoned_in_threshold) ÷ offered, in per cent.":
    "(Angenommen in der Schwelle + Aufgegeben in der Schwelle) ÷ Angeboten, in Prozent.",
  "Counts the conversation's sessions from 1.":
    "Zählt die Sitzungen der Unterhaltung ab 1.",
  "The customer's id; only a claim unless it is verified.":
    "Die Nummer des Kunden; nur eine Angabe, wenn sie nicht bestätigt ist.",
  "Whether the customer is proven to have the id.":
    "Ob erwiesen ist, dass der Kunde diese Nummer hat.",
  "The customer's name.":
    "Der Name des Kunden.",
  "The customer's email address.":
    "Die E-Mail-Adresse des Kunden.",
  "The customer's phone number.":
    "Die Telefonnummer des Kunden.",
  "The language of the conversation.":
    "Die Sprache der Unterhaltung.",
  "When the customer came.":
    "Wann der Kunde kam.",
  "When the session ended.":
    "Wann die Sitzung endete.",
  "Seconds; of a session that lasts, up to as_of.":
    "Wie lange; bei einer Sitzung, die andauert, bis zum Stand des Berichts.",
  "inbound or outbound.":
    "Eingehend oder ausgehend.",
  "The queue in which an agent was last asked for.":
    "Die Warteschlange, in der zuletzt ein Agent verlangt wurde.",
  "That queue's MRD.":
    "Die MRD dieser Warteschlange.",
  "The queue's MRD.":
    "Die MRD der Warteschlange.",
  "When it started.":
    "Wann sie begann.",
  "When it ended.":
    "Wann sie endete.",
  "Seconds; of one that goes on, up to as_of.":
    "Wie lange; bei einer, die weitergeht, bis zum Stand des Berichts.",
  "Its status now.":
    "Ihr Status jetzt.",
  "Every agent who took part.":
    "Jeder Agent, der teilnahm.",
  "The wrap-up codes.":
    "Die Codes der Nachbearbeitung.",
  "The wrap-up note.":
    "Die Notiz der Nachbearbeitung.",
  "How often it was transferred.":
    "Wie oft sie übergeben wurde.",
  "How often another agent was consulted.":
    "Wie oft bei einem anderen Agenten rückgefragt wurde.",
  "How often another agent was asked in.":
    "Wie oft ein anderer Agent dazugebeten wurde.",
  "The bot that began it.":
    "Der Bot, der sie begann.",
  "Share of the time in which a bot owned the answer, in per cent.":
    "Anteil der Zeit, in der ein Bot für die Antwort zuständig war, in Prozent.",
  "Seconds in which an agent was waited for.":
    "Zeit, in der auf einen Agenten gewartet wurde.",
  "Messages of the customer.":
    "Nachrichten des Kunden.",
  "Messages of bots.":
    "Nachrichten von Bots.",
  "Messages of agents.":
    "Nachrichten von Agenten.",
  "The customer's score.":
    "Die Bewertung des Kunden.",
  "The labels.":
    "Die Etiketten.",
  "The reason for which it ended.":
    "Der Grund, aus dem sie endete.",
  "The party that ended it.":
    "Wer sie beendete.",
  "Where it can be read.":
    "Wo sie zu lesen ist.",
  "The position of the event that started it.":
    "Die Position des Ereignisses, mit dem sie begann.",
  "The conversation's channel.":
    "Der Kanal der Unterhaltung.",
  "Conversations in which a turn began.":
    "Unterhaltungen, in denen ein Abschnitt begann.",
  "Turns that began.":
    "Abschnitte, die begannen.",
  "Ended with the conversation.":
    "Mit der Unterhaltung zu Ende gegangene.",
  "Ended because an agent was asked for.":
    "Zu Ende gegangene, weil ein Agent verlangt wurde.",
  "An agent was asked for after the bot had failed.":
    "Ein Agent wurde verlangt, nachdem der Bot gescheitert war.",
  "A supervisor took over.":
    "Ein Supervisor übernahm.",
  "Still going on.":
    "Noch andauernde.",
  "contained ÷ (turns - open), in per cent: the share of the turns that are over in which no human came in.":
    "Selbst erledigt ÷ (Abschnitte − Offen), in Prozent: der Anteil der beendeten Abschnitte, in die kein Mensch kam.",
  "Messages that the bot posted in these turns.":
    "Nachrichten, die der Bot in diesen Abschnitten schrieb.",
  "The agent who wrote.":
    "Der Agent, der schrieb.",
  "The queue in which an agent was last asked for before that.":
    "Die Warteschlange, in der davor zuletzt ein Agent verlangt wurde.",
  "Conversations of customers in which an agent was first asked for.":
    "Unterhaltungen von Kunden, in denen zum ersten Mal ein Agent verlangt wurde.",
  "Those in which an agent wrote after that.":
    "Die, in denen danach ein Agent schrieb.",
  "Those that ended before an agent wrote.":
    "Die, die endeten, bevor ein Agent schrieb.",
  "Those in which neither has happened yet.":
    "Die, in denen noch keines davon geschehen ist.",
  "Seconds from the first request for an agent to an agent's first message, of the responded.":
    "Zeit vom ersten Verlangen nach einem Agenten bis zur ersten Nachricht eines Agenten, der beantworteten.",
  "response_time ÷ responded.":
    "Antwortzeit ÷ Beantwortet.",
  "The response time that half of the responded did not exceed.":
    "Die Antwortzeit, die die Hälfte der beantworteten nicht überschritt.",
  "The response time that 90 % of the responded did not exceed.":
    "Die Antwortzeit, die 90 % der beantworteten nicht überschritten.",
  "The longest response time.":
    "Die längste Antwortzeit.",
  "The agent who owned the answer last.":
    "Der Agent, der zuletzt für die Antwort zuständig war.",
  "Conversations that started.":
    "Unterhaltungen, die begannen.",
  "Those that ended while an agent or a bot owned the answer.":
    "Die, die endeten, während ein Agent oder ein Bot für die Antwort zuständig war.",
  "Those that ended while an agent was waited for.":
    "Die, die endeten, während auf einen Agenten gewartet wurde.",
  "Those that go on.":
    "Die, die weitergehen.",
  "Seconds from the start to the end, of the resolved, without wrap-up.":
    "Zeit vom Beginn bis zum Ende, der gelösten, ohne Nachbearbeitung.",
  "resolution_time ÷ resolved.":
    "Lösungszeit ÷ Gelöst.",
  "The time that half of the resolved did not exceed.":
    "Die Zeit, die die Hälfte der gelösten nicht überschritt.",
  "The time that 90 % of the resolved did not exceed.":
    "Die Zeit, die 90 % der gelösten nicht überschritten.",
  "The longest time of the resolved.":
    "Die längste Zeit der gelösten.",
  "Conversations that have ended, which customers may rate.":
    "Beendete Unterhaltungen, die Kunden bewerten können.",
  "Those that the customer has rated.":
    "Die, die der Kunde bewertet hat.",
  "Rated with 1, the worst.":
    "Mit 1 bewertete, der schlechtesten.",
  "Rated with 2.":
    "Mit 2 bewertete.",
  "Rated with 3.":
    "Mit 3 bewertete.",
  "Rated with 4.":
    "Mit 4 bewertete.",
  "Rated with 5, the best.":
    "Mit 5 bewertete, der besten.",
  "The sum of the scores.":
    "Die Summe der Bewertungen.",
  "score ÷ rated.":
    "Summe der Bewertungen ÷ Bewertet.",
  "(rated_4 + rated_5) ÷ rated, in per cent (CSAT).":
    "(Bewertet mit 4 + Bewertet mit 5) ÷ Bewertet, in Prozent (CSAT).",
  "rated ÷ ended, in per cent.":
    "Bewertet ÷ Beendet, in Prozent.",
  "Those that a bot began.":
    "Die, die ein Bot begann.",
  "Those in which an agent was ever asked for.":
    "Die, in denen je ein Agent verlangt wurde.",
  "Those in which an agent ever owned the answer.":
    "Die, in denen je ein Agent für die Antwort zuständig war.",
  "Messages of their customers, whenever they were written.":
    "Nachrichten ihrer Kunden, wann immer sie geschrieben wurden.",
  "Messages of bots in them.":
    "Nachrichten von Bots in ihnen.",
  "Messages of agents in them.":
    "Nachrichten von Agenten in ihnen.",
  "How long each agent was in each state of each MRD. A state that spans several intervals counts in each of them with the part that falls into it. An agent of several MRDs is in a state of each of them at once, so that their times add up to more than the shift.":
    "Wie lange jeder Agent in jedem Zustand jeder MRD war. Ein Zustand, der über mehrere Intervalle reicht, zählt in jedem von ihnen mit dem Teil, der hineinfällt. Ein Agent mehrerer MRDs ist in jeder von ihnen zugleich in einem Zustand, sodass ihre Zeiten zusammen mehr als die Schicht ergeben.",
  "Each time that an agent was in one state in one MRD.":
    "Jedes Mal, dass ein Agent in einem Zustand in einer MRD war.",
  "What each agent did with the tasks offered from each queue, and how long that took. A task counts in the interval in which it was offered, with everything that happens to it later. Tasks by which supervisors listen or come in do not count.":
    "Was jeder Agent mit den Aufgaben tat, die ihm aus jeder Warteschlange angeboten wurden, und wie lange das dauerte. Eine Aufgabe zählt in dem Intervall, in dem sie angeboten wurde, mit allem, was später mit ihr geschieht. Aufgaben, mit denen Supervisoren mithören oder eingreifen, zählen nicht.",
  "Each task that an agent was offered, and how long each part of it took.":
    "Jede Aufgabe, die einem Agenten angeboten wurde, und wie lange jeder ihrer Teile dauerte.",
  "How many tasks came into each queue in each interval, how they left it, and how long they waited. A task counts in the interval in which it came into the queue, with everything that happens to it later. Tasks by which agents ask for other agents do not count, unless the filter direction names them.":
    "Wie viele Aufgaben in jedem Intervall in jede Warteschlange kamen, wie sie sie verließen und wie lange sie warteten. Eine Aufgabe zählt in dem Intervall, in dem sie in die Warteschlange kam, mit allem, was später mit ihr geschieht. Aufgaben, mit denen Agenten andere Agenten verlangen, zählen nicht, außer der Filter Richtung nennt sie.",
  "Each time that a customer came over a channel.":
    "Jedes Mal, dass ein Kunde über einen Kanal kam.",
  "Each conversation: its length, its participants and its end.":
    "Jede Unterhaltung: ihre Länge, ihre Teilnehmer und ihr Ende.",
  "How many conversations each bot got, and how they ended. A turn is the time in which a bot owns the answer; it counts in the interval in which it began, with its end whenever that is.":
    "Wie viele Unterhaltungen jeder Bot bekam und wie sie endeten. Ein Abschnitt ist die Zeit, in der ein Bot für die Antwort zuständig ist; er zählt in dem Intervall, in dem er begann, mit seinem Ende, wann immer das ist.",
  "How long customers waited for the first message of an agent: from the first time that an agent was asked for in a conversation, by a bot or otherwise, to the first message that an agent wrote to the customer after that. A conversation counts once, in the interval in which an agent was first asked for. Conversations that the contact centre began do not count.":
    "Wie lange Kunden auf die erste Nachricht eines Agenten warteten: vom ersten Mal, dass in einer Unterhaltung ein Agent verlangt wurde, durch einen Bot oder anders, bis zur ersten Nachricht, die danach ein Agent an den Kunden schrieb. Eine Unterhaltung zählt einmal, in dem Intervall, in dem zum ersten Mal ein Agent verlangt wurde. Unterhaltungen, die das Contact Center begann, zählen nicht.",
  "How long it took from the start of a conversation to its end. A conversation that ended while an agent was waited for is unresolved; every other one that ended is resolved, by an agent or a bot. A conversation counts in the interval in which it started, with its end whenever that is. It belongs to the agent who owned the answer last.":
    "Wie lange es vom Beginn einer Unterhaltung bis zu ihrem Ende dauerte. Eine Unterhaltung, die endete, während auf einen Agenten gewartet wurde, ist ungelöst; jede andere beendete ist gelöst, durch einen Agenten oder einen Bot. Eine Unterhaltung zählt in dem Intervall, in dem sie begann, mit ihrem Ende, wann immer das ist. Sie gehört zu dem Agenten, der zuletzt für die Antwort zuständig war.",
  "The scores from 1 to 5 that customers gave after the end of a conversation. A conversation counts in the interval in which it started, with its rating whenever that came. It belongs to the agent who owned the answer last, and to the queue in which an agent was last asked for.":
    "Die Bewertungen von 1 bis 5, die Kunden nach dem Ende einer Unterhaltung gaben. Eine Unterhaltung zählt in dem Intervall, in dem sie begann, mit ihrer Bewertung, wann immer die kam. Sie gehört zu dem Agenten, der zuletzt für die Antwort zuständig war, und zu der Warteschlange, in der zuletzt ein Agent verlangt wurde.",
  "How many conversations started over each channel in each hour, and what became of them. A conversation counts in the interval in which it started, with everything that happens in it later.":
    "Wie viele Unterhaltungen in jeder Stunde über jeden Kanal begannen und was aus ihnen wurde. Eine Unterhaltung zählt in dem Intervall, in dem sie begann, mit allem, was später in ihr geschieht.",
};
