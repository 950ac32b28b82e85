ALTER TABLE "accounts" ADD COLUMN "authorized_app" text;--> statement-breakpoint
ALTER TABLE "rate_buckets" ADD COLUMN "limited_at" timestamp with time zone;