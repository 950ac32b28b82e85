ALTER TABLE "users" ADD COLUMN "suspended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "suspended_by" text;--> statement-breakpoint
CREATE INDEX "cost_ledger_reserved" ON "cost_ledger" USING btree ("reserved_at");--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_suspended_by_somebody" CHECK (("users"."suspended_at" is null) = ("users"."suspended_by" is null));