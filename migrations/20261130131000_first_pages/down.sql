DROP TRIGGER another_version_wants_its_first_page;
DROP TRIGGER a_new_pdf_wants_its_first_page;
DROP TABLE first_page_wishes;
DROP TABLE first_pages;
