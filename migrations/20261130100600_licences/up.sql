-- The last day on which a photo may be shown, in the room's calendar, as 2027-11-16; empty: it does not end.
ALTER TABLE images ADD COLUMN licence_last_day TEXT NOT NULL DEFAULT ''
    CONSTRAINT licence_last_day_is_a_day CHECK (licence_last_day = '' OR licence_last_day LIKE '____-__-__');
-- The first instant after that day: from then on no reader sees the photo. It was reckoned in the room's zone
-- of when it was written, and stays.
ALTER TABLE images ADD COLUMN licence_ends_at BIGINT;
ALTER TABLE images ADD COLUMN territory TEXT NOT NULL DEFAULT '';

CREATE INDEX images_by_licence ON images (licence_ends_at) WHERE licence_ends_at IS NOT NULL;
