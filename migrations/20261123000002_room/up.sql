CREATE TABLE room (
    -- One file is one room.
    id BIGINT NOT NULL PRIMARY KEY CONSTRAINT one_room CHECK (id = 1),
    uid TEXT NOT NULL,
    name TEXT NOT NULL CONSTRAINT room_has_a_name CHECK (name <> ''),
    mission TEXT NOT NULL,
    introduction TEXT NOT NULL,
    accent TEXT NOT NULL,
    zone TEXT NOT NULL,
    -- JSON: language tags, the contacts in their order, the boilerplate by language.
    languages TEXT NOT NULL,
    contacts TEXT NOT NULL,
    boilerplate TEXT NOT NULL,
    -- Whether a second editor must look before anything goes out.
    second_pair TEXT NOT NULL DEFAULT 'advised'
        CONSTRAINT second_pair_is_known CHECK (second_pair IN ('required', 'advised')),
    -- Names of zones between commas, for instants told to people elsewhere.
    further_zones TEXT NOT NULL DEFAULT '',
    -- Whether the history of an item shows readers the words that changed.
    readers_see TEXT NOT NULL DEFAULT 'words'
        CONSTRAINT readers_see_is_known CHECK (readers_see IN ('words', 'notes')),
    changed_at BIGINT NOT NULL
);

CREATE TABLE kinds (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    slug TEXT NOT NULL CONSTRAINT kind_slug_is_taken UNIQUE,
    name TEXT NOT NULL,
    plural TEXT NOT NULL,
    icon TEXT NOT NULL,
    graphic TEXT NOT NULL CONSTRAINT graphic_is_known CHECK (graphic IN ('accent', 'ink', 'wash')),
    position BIGINT NOT NULL
);

-- Topics and places: what an item is about.
CREATE TABLE subjects (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    family TEXT NOT NULL CONSTRAINT subject_family_is_known CHECK (family IN ('topic', 'place')),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    -- The same for every spelling of one name.
    folded TEXT NOT NULL,
    CONSTRAINT subject_slug_is_taken UNIQUE (family, slug),
    CONSTRAINT subject_is_here_already UNIQUE (family, folded)
);

INSERT INTO kinds (slug, name, plural, icon, graphic, position) VALUES
    ('press-releases', 'Press release', 'Press releases', 'megaphone', 'accent', 1),
    ('reports', 'Report', 'Reports', 'document', 'wash', 2),
    ('statements', 'Statement', 'Statements', 'quote', 'ink', 3),
    ('campaign-updates', 'Campaign update', 'Campaign updates', 'flag', 'wash', 4),
    ('victories', 'Victory', 'Victories', 'star', 'ink', 5);
