//! The tables as Diesel knows them; `diesel.toml` says how this file is written.

diesel::table! {
    people (id) {
        id -> BigInt,
        name -> Text,
        email -> Text,
        password_hash -> Text,
        is_author -> Bool,
        is_editor -> Bool,
        is_admin -> Bool,
        created_at -> BigInt,
        disabled_at -> Nullable<BigInt>,
        scheme -> Text,
        density -> Text,
        likes_keys -> Bool,
        era -> BigInt,
    }
}

diesel::table! {
    sessions (id) {
        id -> BigInt,
        key_hash -> Text,
        person_id -> Nullable<BigInt>,
        state -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        device -> Text,
        used_at -> BigInt,
        at_door_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    sent_forms (form_key) {
        form_key -> Text,
        answer -> Text,
        sent_at -> BigInt,
    }
}

diesel::table! {
    room (id) {
        id -> BigInt,
        uid -> Text,
        name -> Text,
        mission -> Text,
        introduction -> Text,
        accent -> Text,
        zone -> Text,
        languages -> Text,
        contacts -> Text,
        boilerplate -> Text,
        second_pair -> Text,
        further_zones -> Text,
        readers_see -> Text,
        changed_at -> BigInt,
        notice -> Text,
        footer_links -> Text,
        per_page -> BigInt,
        pages -> Text,
        factor_of_authors -> Bool,
        factor_of_editors -> Bool,
        factor_of_admins -> Bool,
        logo -> Text,
        icon -> Text,
    }
}

diesel::table! {
    logos (hash) {
        hash -> Text,
        bytes -> Binary,
    }
}

diesel::table! {
    kinds (id) {
        id -> BigInt,
        slug -> Text,
        name -> Text,
        plural -> Text,
        icon -> Text,
        graphic -> Text,
        position -> BigInt,
        colour -> Text,
    }
}

diesel::table! {
    country_codes (code) {
        code -> Text,
        place_id -> BigInt,
    }
}

diesel::table! {
    kind_mergers (kind_id) {
        kind_id -> BigInt,
        into_id -> BigInt,
    }
}

diesel::table! {
    former_kinds (revision_id, kind_id) {
        revision_id -> BigInt,
        kind_id -> BigInt,
    }
}

diesel::table! {
    subjects (id) {
        id -> BigInt,
        family -> Text,
        slug -> Text,
        name -> Text,
        folded -> Text,
        position -> BigInt,
    }
}

diesel::table! {
    collections (id) {
        id -> BigInt,
        name -> Text,
        folded -> Text,
    }
}

diesel::table! {
    collected_images (collection_id, image_id) {
        collection_id -> BigInt,
        image_id -> BigInt,
    }
}

diesel::table! {
    images (id) {
        id -> BigInt,
        hash -> Text,
        file_name -> Text,
        format -> Text,
        width -> BigInt,
        height -> BigInt,
        byte_count -> BigInt,
        alt_state -> Text,
        alt_text -> Text,
        caption -> Text,
        credit -> Text,
        terms -> Text,
        words_folded -> Text,
        uploaded_by -> BigInt,
        uploaded_at -> BigInt,
        taken_on -> Text,
        trashed_at -> Nullable<BigInt>,
        trashed_by -> Nullable<BigInt>,
        emptied_at -> Nullable<BigInt>,
        licence_last_day -> Text,
        licence_ends_at -> Nullable<BigInt>,
        territory -> Text,
        alt_weakness -> Nullable<Text>,
        ready -> Text,
        tone -> Text,
        is_animated -> Bool,
    }
}

diesel::table! {
    embedded_words (image_id) {
        image_id -> BigInt,
        facts -> Text,
    }
}

diesel::table! {
    image_looks (image_id) {
        image_id -> BigInt,
        bits -> Nullable<BigInt>,
    }
}

diesel::table! {
    originals (image_id) {
        image_id -> BigInt,
        bytes -> Binary,
    }
}

diesel::table! {
    renditions (id) {
        id -> BigInt,
        image_id -> BigInt,
        width -> BigInt,
        height -> BigInt,
        format -> Text,
        bytes -> Binary,
        crop -> Text,
        recipe -> BigInt,
    }
}

diesel::table! {
    copy_wishes (id) {
        id -> BigInt,
        image_id -> BigInt,
    }
}

diesel::table! {
    items (id) {
        id -> BigInt,
        uid -> Text,
        head_id -> Nullable<BigInt>,
        created_by -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    revisions (id) {
        id -> BigInt,
        item_id -> BigInt,
        number -> BigInt,
        kind_id -> BigInt,
        language -> Text,
        title -> Text,
        title_folded -> Text,
        slug -> Text,
        summary -> Text,
        body -> Text,
        dateline -> Text,
        notes -> Text,
        contacts -> Text,
        original_id -> BigInt,
        lead_image_id -> Nullable<BigInt>,
        lead_shape -> Text,
        focus_x -> BigInt,
        focus_y -> BigInt,
        content_hash -> Text,
        written_by -> BigInt,
        written_at -> BigInt,
    }
}

diesel::table! {
    revision_subjects (revision_id, subject_id) {
        revision_id -> BigInt,
        subject_id -> BigInt,
        position -> BigInt,
    }
}

diesel::table! {
    revision_images (revision_id, image_id) {
        revision_id -> BigInt,
        image_id -> BigInt,
    }
}

diesel::table! {
    files (id) {
        id -> BigInt,
        key -> Text,
        format -> Text,
        title -> Text,
        language -> Text,
        contact -> Text,
        words_folded -> Text,
        version -> BigInt,
        hash -> Text,
        file_name -> Text,
        byte_count -> BigInt,
        pages -> Nullable<BigInt>,
        uploaded_by -> BigInt,
        uploaded_at -> BigInt,
    }
}

diesel::table! {
    file_versions (file_id, version) {
        file_id -> BigInt,
        version -> BigInt,
        hash -> Text,
        byte_count -> BigInt,
        taken_by -> BigInt,
        taken_at -> BigInt,
    }
}

diesel::table! {
    file_bytes (id) {
        id -> BigInt,
        file_id -> BigInt,
        version -> BigInt,
        piece -> BigInt,
        bytes -> Binary,
    }
}

diesel::table! {
    first_pages (id) {
        id -> BigInt,
        file_id -> BigInt,
        version -> BigInt,
        width -> BigInt,
        height -> BigInt,
        format -> Text,
        bytes -> Binary,
    }
}

diesel::table! {
    first_page_wishes (id) {
        id -> BigInt,
        file_id -> BigInt,
    }
}

diesel::table! {
    revision_files (revision_id, file_id) {
        revision_id -> BigInt,
        file_id -> BigInt,
        position -> BigInt,
    }
}

diesel::table! {
    drafts (item_id) {
        item_id -> BigInt,
        opened_at -> BigInt,
        opened_by -> BigInt,
        stage -> Text,
        discarded_id -> Nullable<BigInt>,
        assignee_id -> Nullable<BigInt>,
        due_on -> Nullable<Text>,
    }
}

diesel::table! {
    voided_approvals (approval_id) {
        approval_id -> BigInt,
        at -> BigInt,
    }
}

diesel::table! {
    approvals (id) {
        id -> BigInt,
        item_id -> BigInt,
        revision_id -> BigInt,
        content_hash -> Text,
        by_id -> BigInt,
        at -> BigInt,
        enclosed -> Text,
    }
}

diesel::table! {
    comments (id) {
        id -> BigInt,
        item_id -> BigInt,
        revision_id -> BigInt,
        passage -> Text,
        words -> Text,
        by_id -> BigInt,
        at -> BigInt,
        resolved_by -> Nullable<BigInt>,
        resolved_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    slugs (slug) {
        slug -> Text,
        item_id -> BigInt,
    }
}

diesel::table! {
    publications (id) {
        id -> BigInt,
        item_id -> BigInt,
        revision_id -> BigInt,
        kind_id -> BigInt,
        face -> Text,
        from_at -> BigInt,
        until_at -> Nullable<BigInt>,
        published_at -> BigInt,
        updated_at -> Nullable<BigInt>,
        change -> Text,
        public_note -> Text,
        reason -> Text,
        moved_to -> Nullable<Text>,
        typed_time -> Text,
        typed_zone -> Text,
        approval_id -> Nullable<BigInt>,
        urgent -> Bool,
        by_id -> BigInt,
        made_at -> BigInt,
    }
}

diesel::table! {
    holds (id) {
        id -> BigInt,
        reason -> Text,
        by_id -> BigInt,
        at -> BigInt,
        ended_by -> Nullable<BigInt>,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    held_publications (publication_id) {
        publication_id -> BigInt,
        hold_id -> BigInt,
    }
}

diesel::table! {
    signatures (publication_id) {
        publication_id -> BigInt,
        by_id -> BigInt,
        at -> BigInt,
    }
}

diesel::table! {
    journal (id) {
        id -> BigInt,
        at -> BigInt,
        person_id -> Nullable<BigInt>,
        entry -> Text,
        item_id -> Nullable<BigInt>,
        image_id -> Nullable<BigInt>,
        detail -> Text,
        about_id -> Nullable<BigInt>,
        session_number -> Nullable<BigInt>,
        device -> Text,
        changes -> Text,
        file_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    purges (id) {
        id -> BigInt,
        tags -> Text,
        made_at -> BigInt,
        due_at -> BigInt,
        tries -> BigInt,
        next_try_at -> BigInt,
    }
}

diesel::table! {
    mails (id) {
        id -> BigInt,
        event -> Text,
        recipient -> Text,
        uid -> Text,
        subject -> Text,
        sentence -> Text,
        title -> Text,
        language -> Text,
        link -> Text,
        link_words -> Text,
        state -> Text,
        made_at -> BigInt,
        due_at -> BigInt,
        tries -> BigInt,
        next_try_at -> BigInt,
        sent_at -> Nullable<BigInt>,
        last_error -> Text,
        further -> Text,
        link_is_secret -> Bool,
    }
}

diesel::table! {
    passes (id) {
        id -> BigInt,
        item_id -> BigInt,
        holder -> Text,
        outlet -> Text,
        mail -> Text,
        secret_hash -> Text,
        terms -> Text,
        given_by -> BigInt,
        given_at -> BigInt,
        expires_at -> BigInt,
        accepted_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
        revoked_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    pass_visits (pass_id, deed, minute) {
        pass_id -> BigInt,
        deed -> Text,
        minute -> BigInt,
        at -> BigInt,
    }
}

diesel::table! {
    autosaves (id) {
        id -> BigInt,
        person_id -> BigInt,
        item_id -> Nullable<BigInt>,
        form_key -> Text,
        fields -> Text,
        saved_at -> BigInt,
    }
}

diesel::table! {
    account_links (id) {
        id -> BigInt,
        person_id -> BigInt,
        purpose -> Text,
        secret_hash -> Text,
        made_by -> Nullable<BigInt>,
        made_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    calendar_feeds (person_id) {
        person_id -> BigInt,
        secret_hash -> Text,
        made_at -> BigInt,
    }
}

diesel::table! {
    place_parents (place_id) {
        place_id -> BigInt,
        parent_id -> BigInt,
    }
}

diesel::table! {
    mergers (subject_id) {
        subject_id -> BigInt,
        into_id -> BigInt,
    }
}

diesel::table! {
    former_ties (revision_id, subject_id) {
        revision_id -> BigInt,
        subject_id -> BigInt,
        position -> BigInt,
    }
}

diesel::table! {
    former_slugs (family, slug) {
        family -> Text,
        slug -> Text,
        subject_id -> BigInt,
    }
}

diesel::table! {
    former_kind_slugs (slug) {
        slug -> Text,
        kind_id -> BigInt,
    }
}

diesel::table! {
    publication_slugs (slug, from_at, publication_id) {
        slug -> Text,
        from_at -> BigInt,
        publication_id -> BigInt,
    }
}

diesel::table! {
    set_aside_drafts (item_id) {
        item_id -> BigInt,
        opened_by -> BigInt,
        assignee_id -> Nullable<BigInt>,
        due_on -> Nullable<Text>,
    }
}

diesel::table! {
    open_publications (face, kind_id) {
        face -> Text,
        kind_id -> BigInt,
        number -> BigInt,
    }
}

diesel::table! {
    app_factors (person_id) {
        person_id -> BigInt,
        sealed -> Text,
        last_step -> BigInt,
        wrong -> BigInt,
        wrong_at -> BigInt,
        made_at -> BigInt,
    }
}

diesel::table! {
    backups (id) {
        id -> BigInt,
        at -> BigInt,
        byte_count -> BigInt,
        took_millis -> BigInt,
        problem -> Text,
    }
}

diesel::table! {
    recovery_codes (id) {
        id -> BigInt,
        person_id -> BigInt,
        code_hash -> Text,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    passkeys (id) {
        id -> BigInt,
        person_id -> BigInt,
        owner -> Text,
        credential_id -> Text,
        public_key -> Text,
        name -> Text,
        made_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    collected_images,
    collections,
    people,
    sessions,
    sent_forms,
    room,
    kinds,
    subjects,
    images,
    image_looks,
    originals,
    renditions,
    copy_wishes,
    items,
    revisions,
    revision_subjects,
    revision_images,
    files,
    file_versions,
    file_bytes,
    first_pages,
    first_page_wishes,
    revision_files,
    drafts,
    approvals,
    voided_approvals,
    comments,
    slugs,
    publications,
    signatures,
    holds,
    held_publications,
    journal,
    purges,
    mails,
    passes,
    pass_visits,
    autosaves,
    account_links,
    calendar_feeds,
    place_parents,
    mergers,
    former_ties,
    former_slugs,
    former_kind_slugs,
    kind_mergers,
    former_kinds,
    country_codes,
    open_publications,
    publication_slugs,
    set_aside_drafts,
    backups,
    app_factors,
    recovery_codes,
    passkeys,
    logos,
);
