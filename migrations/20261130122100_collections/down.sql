DROP TABLE collected_images;
DROP TABLE collections;
