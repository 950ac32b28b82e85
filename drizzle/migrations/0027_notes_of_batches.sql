CREATE TABLE "batch_notes" (
	"group_id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"note" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "batch_notes_note" CHECK (char_length("batch_notes"."note") between 1 and 1000)
);
--> statement-breakpoint
ALTER TABLE "batch_notes" ADD CONSTRAINT "batch_notes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;