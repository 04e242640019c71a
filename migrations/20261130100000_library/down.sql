DROP INDEX images_by_uploader;
DROP INDEX images_by_credit;
DROP INDEX images_by_name;
