CREATE TABLE "dislikes" (
	"user_id" uuid NOT NULL,
	"recording_id" integer,
	"artist_id" text,
	"disliked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "dislikes_one_subject" CHECK (("dislikes"."recording_id" is null) <> ("dislikes"."artist_id" is null))
);
--> statement-breakpoint
ALTER TABLE "dislikes" ADD CONSTRAINT "dislikes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dislikes" ADD CONSTRAINT "dislikes_recording_id_recordings_id_fk" FOREIGN KEY ("recording_id") REFERENCES "public"."recordings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "dislikes_recording" ON "dislikes" USING btree ("user_id","recording_id") WHERE "dislikes"."recording_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "dislikes_artist" ON "dislikes" USING btree ("user_id","artist_id") WHERE "dislikes"."artist_id" is not null;