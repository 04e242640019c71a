//! What must not be in the tables, and how to find it: one plain question for each promise of the
//! newsroom's rules that rows can show. They are asked past the code that keeps the promises.

/// A promise that is broken, as a sentence, and a query for the places, one text each.
pub(super) struct Invariant {
    pub(super) broken: &'static str,
    pub(super) places: &'static str,
}

const fn broken(broken: &'static str, places: &'static str) -> Invariant {
    Invariant { broken, places }
}

pub(super) const INVARIANTS: [Invariant; 43] = [
    // The public lane.
    broken(
        "Two publications of one item overlap, so an instant has two answers",
        "SELECT 'item ' || a.item_id || ', publications ' || a.id || ' and ' || b.id AS one
            FROM publications AS a JOIN publications AS b ON a.item_id = b.item_id AND a.id < b.id
            WHERE a.from_at < COALESCE(b.until_at, 9223372036854775807)
              AND b.from_at < COALESCE(a.until_at, 9223372036854775807)
              AND a.from_at < COALESCE(a.until_at, 9223372036854775807)
              AND b.from_at < COALESCE(b.until_at, 9223372036854775807)",
    ),
    broken(
        "A publication ends before it begins",
        "SELECT 'publication ' || id AS one FROM publications WHERE until_at < from_at",
    ),
    broken(
        "An item has more than one publication without an end",
        "SELECT 'item ' || item_id AS one FROM publications WHERE until_at IS NULL
            GROUP BY item_id HAVING COUNT(*) > 1",
    ),
    broken(
        "A publication shows a revision that is not its item's, or under another kind",
        "SELECT 'publication ' || p.id AS one FROM publications AS p
            LEFT JOIN revisions AS r ON r.id = p.revision_id
            WHERE r.item_id IS NOT p.item_id OR r.kind_id IS NOT p.kind_id",
    ),
    broken(
        "A publication says that it was first public after it began",
        "SELECT 'publication ' || id AS one FROM publications
            WHERE published_at > from_at AND until_at IS NOT from_at",
    ),
    broken(
        "An item moved to nowhere, or is said to have moved and has not",
        "SELECT 'publication ' || id AS one FROM publications
            WHERE (face = 'moved') <> (moved_to IS NOT NULL)
               OR moved_to NOT IN (SELECT slug FROM slugs)",
    ),
    broken(
        "Items lead their readers in a circle",
        "WITH RECURSIVE walk (start, at, item, steps) AS (
            SELECT p.item_id, p.from_at, s.item_id, 1 FROM publications AS p
                JOIN slugs AS s ON s.slug = p.moved_to
                WHERE p.face = 'moved' AND p.until_at IS NOT p.from_at
            UNION SELECT w.start, w.at, s.item_id, w.steps + 1 FROM walk AS w
                JOIN publications AS p ON p.item_id = w.item AND p.face = 'moved'
                    AND p.from_at <= w.at AND (p.until_at IS NULL OR p.until_at > w.at)
                JOIN slugs AS s ON s.slug = p.moved_to
                WHERE w.item <> w.start AND w.steps < 50)
         SELECT DISTINCT 'item ' || start AS one FROM walk WHERE item = start OR steps = 50",
    ),
    broken(
        "A publication is said to be urgent and tells no reason, or was approved",
        "SELECT 'publication ' || id AS one FROM publications
            WHERE urgent AND (reason = '' OR approval_id IS NOT NULL)",
    ),
    broken(
        "A publication has a change to tell of and no note to readers",
        "SELECT 'publication ' || id AS one FROM publications
            WHERE change IN ('update', 'clarification', 'correction', 'withdrawal', 'removal')
              AND public_note = ''",
    ),
    broken(
        "An editor signed their own publication, or one that was not urgent",
        "SELECT 'publication ' || p.id AS one FROM signatures AS s
            JOIN publications AS p ON p.id = s.publication_id
            WHERE p.by_id = s.by_id OR NOT p.urgent",
    ),
    broken(
        "A hold keeps a publication that was not taken back",
        "SELECT 'publication ' || p.id AS one FROM held_publications AS h
            JOIN publications AS p ON p.id = h.publication_id WHERE p.until_at IS NOT p.from_at",
    ),
    broken(
        "More than one hold is open",
        "SELECT 'holds ' || group_concat(id, ', ') AS one FROM holds WHERE ended_at IS NULL
            HAVING COUNT(*) > 1",
    ),
    // The draft lane.
    broken(
        "An item has more than one draft",
        "SELECT 'item ' || item_id AS one FROM drafts GROUP BY item_id HAVING COUNT(*) > 1",
    ),
    broken(
        "A draft keeps discarded words that are not its item's, or keeps none though it was discarded",
        "SELECT 'item ' || d.item_id AS one FROM drafts AS d
            LEFT JOIN revisions AS r ON r.id = d.discarded_id
            WHERE (d.stage = 'discarded') <> (d.discarded_id IS NOT NULL)
               OR (d.discarded_id IS NOT NULL AND r.item_id IS NOT d.item_id)",
    ),
    broken(
        "An approval names other words than those of its revision",
        "SELECT 'approval ' || a.id || ' of item ' || a.item_id AS one FROM approvals AS a
            LEFT JOIN revisions AS r ON r.id = a.revision_id
            WHERE r.content_hash IS NOT a.content_hash OR r.item_id IS NOT a.item_id",
    ),
    broken(
        "Somebody approved words that they wrote last",
        "SELECT 'approval ' || a.id || ' of item ' || a.item_id AS one FROM approvals AS a
            JOIN revisions AS r ON r.id = a.revision_id WHERE r.written_by = a.by_id",
    ),
    broken(
        "A publication went out with an approval of other words",
        "SELECT 'publication ' || p.id AS one FROM publications AS p
            LEFT JOIN approvals AS a ON a.id = p.approval_id
            LEFT JOIN revisions AS r ON r.id = p.revision_id
            WHERE p.approval_id IS NOT NULL
              AND (a.item_id IS NOT p.item_id OR a.content_hash IS NOT r.content_hash)",
    ),
    broken(
        "A comment stands on a revision of another item",
        "SELECT 'comment ' || c.id AS one FROM comments AS c
            LEFT JOIN revisions AS r ON r.id = c.revision_id WHERE r.item_id IS NOT c.item_id",
    ),
    // Items and their addresses.
    broken(
        "An item has no newest revision, or another item's",
        "SELECT 'item ' || i.id AS one FROM items AS i
            LEFT JOIN revisions AS r ON r.id = i.head_id WHERE r.item_id IS NOT i.id",
    ),
    broken(
        "Revisions of an item are missing, or counted twice",
        "SELECT 'item ' || item_id AS one FROM revisions GROUP BY item_id
            HAVING COUNT(*) <> MAX(number) OR COUNT(DISTINCT number) <> COUNT(*) OR MIN(number) <> 1",
    ),
    broken(
        "A revision's address belongs to nobody, or to another item",
        "SELECT 'item ' || r.item_id || ', revision ' || r.number AS one FROM revisions AS r
            LEFT JOIN slugs AS s ON s.slug = r.slug WHERE s.item_id IS NOT r.item_id",
    ),
    broken(
        "An address leads nowhere",
        "SELECT 'address ' || s.slug AS one FROM slugs AS s WHERE NOT EXISTS
            (SELECT 1 FROM revisions AS r WHERE r.item_id = s.item_id AND r.slug = s.slug)",
    ),
    broken(
        "A translation is one of a translation",
        "SELECT 'item ' || i.id AS one FROM items AS i JOIN revisions AS r ON r.id = i.head_id
            LEFT JOIN items AS o ON o.id = r.original_id
            LEFT JOIN revisions AS head ON head.id = o.head_id
            WHERE head.original_id IS NOT r.original_id",
    ),
    // Pictures.
    broken(
        "A picture has no original",
        "SELECT 'picture ' || id AS one FROM images
            WHERE emptied_at IS NULL AND id NOT IN (SELECT image_id FROM originals)",
    ),
    broken(
        "A picture's original is cut short",
        "SELECT 'picture ' || i.id AS one FROM images AS i JOIN originals AS o ON o.image_id = i.id
            WHERE length(o.bytes) <> i.byte_count",
    ),
    broken(
        "A picture has no renditions in some format",
        "SELECT 'picture ' || i.id || ', ' || f.name AS one FROM images AS i
            CROSS JOIN (SELECT 'webp' AS name UNION SELECT 'jpg') AS f
            WHERE i.emptied_at IS NULL AND NOT EXISTS (SELECT 1 FROM renditions AS r WHERE r.image_id = i.id
                AND r.format = f.name AND length(r.bytes) > 0)",
    ),
    broken(
        "A picture is said to have copies that are not there",
        "SELECT 'picture ' || i.id AS one FROM images AS i
            WHERE ' ' || i.ready || ' ' LIKE '% avif %' AND NOT EXISTS (SELECT 1 FROM renditions AS r
                WHERE r.image_id = i.id AND r.crop = '' AND r.format = 'avif')
        UNION SELECT 'picture ' || i.id FROM images AS i JOIN revisions AS r ON r.lead_image_id = i.id
            WHERE ' ' || i.ready || ' ' LIKE
                '% ' || ((r.focus_x + 2) / 5 * 5) || '-' || ((r.focus_y + 2) / 5 * 5) || ' %'
            AND NOT EXISTS (SELECT 1 FROM renditions AS c WHERE c.image_id = i.id AND c.crop LIKE
                '%-' || ((r.focus_x + 2) / 5 * 5) || '-' || ((r.focus_y + 2) / 5 * 5))",
    ),
    broken(
        "A rendition is of a picture that is not there",
        "SELECT 'rendition ' || id || ' of picture ' || image_id AS one FROM renditions
            WHERE image_id NOT IN (SELECT id FROM images)",
    ),
    broken(
        "An original is of a picture that is not there",
        "SELECT 'picture ' || image_id AS one FROM originals
            WHERE image_id NOT IN (SELECT id FROM images)",
    ),
    broken(
        "A picture is said to have alt text and has none, or the other way round",
        "SELECT 'picture ' || id AS one FROM images WHERE (alt_state = 'written') <> (alt_text <> '')",
    ),
    broken(
        "A revision shows a picture that is in the trash",
        "SELECT 'picture ' || id AS one FROM images WHERE trashed_at IS NOT NULL
            AND id IN (SELECT image_id FROM revision_images)",
    ),
    broken(
        "A picture was emptied out of the trash and something of it is left",
        "SELECT 'picture ' || id AS one FROM images WHERE emptied_at IS NOT NULL
            AND (trashed_at IS NULL OR alt_text || caption || credit || terms || words_folded <> ''
                OR id IN (SELECT image_id FROM originals) OR id IN (SELECT image_id FROM renditions)
                OR id IN (SELECT image_id FROM embedded_words))",
    ),
    broken(
        "A collection holds a picture that was emptied out of the trash",
        "SELECT 'collection ' || collection_id || ', picture ' || image_id AS one FROM collected_images
            WHERE image_id IN (SELECT id FROM images WHERE emptied_at IS NOT NULL)",
    ),
    // Files.
    broken(
        "A version of a file has not all of its bytes",
        "SELECT 'file ' || v.file_id || ', version ' || v.version AS one FROM file_versions AS v
            WHERE v.byte_count IS NOT (SELECT SUM(length(b.bytes)) FROM file_bytes AS b
                WHERE b.file_id = v.file_id AND b.version = v.version)",
    ),
    broken(
        "Readers get another version of a file than is said",
        "SELECT 'file ' || f.id AS one FROM files AS f
            LEFT JOIN file_versions AS v ON v.file_id = f.id AND v.version = f.version
            WHERE v.hash IS NOT f.hash OR v.byte_count IS NOT f.byte_count
               OR f.version IS NOT (SELECT MAX(version) FROM file_versions WHERE file_id = f.id)",
    ),
    broken(
        "A first page is of another version than readers get, or is there and wished for",
        "SELECT 'file ' || p.file_id AS one FROM first_pages AS p LEFT JOIN files AS f ON f.id = p.file_id
            WHERE f.version IS NOT p.version OR f.format IS NOT 'pdf'
               OR p.file_id IN (SELECT file_id FROM first_page_wishes)",
    ),
    broken(
        "A first page is not there in every size and format",
        "SELECT 'file ' || file_id AS one FROM first_pages GROUP BY file_id
            HAVING COUNT(*) <> 4 OR MIN(length(bytes)) = 0",
    ),
    // People.
    broken(
        "Somebody whose account is disabled is signed in, or has a link or address that opens something",
        "SELECT 'person ' || id AS one FROM people WHERE disabled_at IS NOT NULL AND (
            id IN (SELECT person_id FROM sessions WHERE person_id IS NOT NULL)
            OR id IN (SELECT person_id FROM account_links)
            OR id IN (SELECT person_id FROM calendar_feeds))",
    ),
    broken(
        "A pass was used although it was revoked before, or its terms were accepted after its end",
        "SELECT 'pass ' || id AS one FROM passes
            WHERE accepted_at >= expires_at OR accepted_at >= revoked_at",
    ),
    broken(
        "A mail was sent at no instant, or has an instant and was not sent",
        "SELECT 'mail ' || id AS one FROM mails WHERE (state = 'sent') <> (sent_at IS NOT NULL)",
    ),
    broken(
        "An event is told to somebody twice",
        "SELECT 'mails ' || group_concat(id, ', ') AS one FROM mails GROUP BY event, recipient
            HAVING COUNT(*) > 1",
    ),
    broken(
        "The room’s logo or icon is a picture that is not there",
        "SELECT 'the logo' AS one FROM room
            WHERE logo <> '' AND substr(logo, -64) NOT IN (SELECT hash FROM logos)
            UNION ALL SELECT 'the icon' FROM room
            WHERE icon <> '' AND substr(icon, -64) NOT IN (SELECT hash FROM logos)",
    ),
    broken(
        "There is more than one room in the file",
        "SELECT 'room ' || id AS one FROM room WHERE id <> 1",
    ),
];
