-- What the room owes to people by mail. A row is written in the transaction of the step that it
-- tells of: a step that was made has its mails, and one that was not has none.
CREATE TABLE mails (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- Event and recipient stay when the words are forgotten, so that nothing is ever told twice.
    event TEXT NOT NULL,
    recipient TEXT NOT NULL,
    -- Makes the Message-ID: the same at every try, so that a mail server can drop a second copy.
    uid TEXT NOT NULL CONSTRAINT mail_uid_is_unique UNIQUE,
    subject TEXT NOT NULL,
    sentence TEXT NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    link TEXT NOT NULL,
    link_words TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    -- Not before this instant; a mail about something scheduled waits for it.
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    -- While a mailer has the mail in its hands, this is when others may take it from there.
    next_try_at BIGINT NOT NULL,
    sent_at BIGINT,
    last_error TEXT NOT NULL,
    CONSTRAINT one_mail_per_event_and_recipient UNIQUE (event, recipient),
    CONSTRAINT mail_state_is_known CHECK (state IN ('waiting', 'sent', 'failed')),
    CONSTRAINT mail_is_sent_at_an_instant CHECK ((state = 'sent') = (sent_at IS NOT NULL))
);

CREATE INDEX mails_to_try ON mails (state, next_try_at);

CREATE TRIGGER mails_that_were_sent_stay_sent BEFORE UPDATE ON mails
WHEN OLD.state = 'sent' AND NEW.state <> 'sent'
BEGIN
    SELECT RAISE(ABORT, 'mails_that_were_sent_stay_sent');
END;
