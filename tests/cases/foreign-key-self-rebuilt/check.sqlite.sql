SELECT count(*) = 4 FROM node;
