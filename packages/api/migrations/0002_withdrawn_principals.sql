-- We have asked AWS to take the entry away since we last added it: that it is missing is our own
-- doing, and no other hand's, should it be wanted again.
ALTER TABLE principals ADD COLUMN withdrawn boolean NOT NULL DEFAULT false;
