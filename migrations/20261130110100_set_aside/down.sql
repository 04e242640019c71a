DROP TABLE set_aside_drafts;
