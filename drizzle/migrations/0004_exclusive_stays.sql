-- Two lists of one exclusivity group never show a recording on the same day. The database refuses it, whoever asks.
ALTER TABLE "exclusive_stays" ADD CONSTRAINT "exclusive_stays_no_share"
  EXCLUDE USING gist ("group_name" WITH =, "recording_id" WITH =, "stay" WITH &&);
