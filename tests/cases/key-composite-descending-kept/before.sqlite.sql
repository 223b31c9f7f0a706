CREATE TABLE member (org INTEGER NOT NULL, person INTEGER NOT NULL, role TEXT, CONSTRAINT member_key PRIMARY KEY (org, person DESC));
