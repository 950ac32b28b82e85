-- Covers of the network were stored as uploads of the operator.
UPDATE "assets" SET "origin" = 'cover' WHERE "origin" = 'upload' AND "user_id" IS NULL
  AND "sha256" IN (SELECT "sha256" FROM "playlist_covers" UNION SELECT "previous_sha256" FROM "playlist_covers");
