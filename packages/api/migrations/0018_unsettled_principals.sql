-- Since when an entry is to be added or removed and AWS does not show it so.
ALTER TABLE principals ADD COLUMN unsettled_since timestamptz;
