DROP TABLE renditions;
DROP TABLE originals;
DROP TABLE images;
