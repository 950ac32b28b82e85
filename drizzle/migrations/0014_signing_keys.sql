CREATE TABLE "signing_keys" (
	"fingerprint" text PRIMARY KEY NOT NULL,
	"public_key" text NOT NULL,
	"sealed_seed" text,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_to" timestamp with time zone,
	"first_signed_at" timestamp with time zone,
	CONSTRAINT "signing_keys_hex" CHECK ("signing_keys"."fingerprint" ~ '^[0-9a-f]{64}$' and "signing_keys"."public_key" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "signing_keys_replaced_without_seed" CHECK ("signing_keys"."valid_to" is null or "signing_keys"."sealed_seed" is null)
);
--> statement-breakpoint
CREATE TABLE "public_ledger_secret" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"secret" text NOT NULL,
	CONSTRAINT "public_ledger_secret_one_row" CHECK ("public_ledger_secret"."id" = 1)
);
--> statement-breakpoint
CREATE UNIQUE INDEX "signing_keys_one_in_use" ON "signing_keys" USING btree (("valid_to" is null)) WHERE "signing_keys"."valid_to" is null;

--> statement-breakpoint
-- Two random UUIDs hold 244 random bits.
INSERT INTO "public_ledger_secret" ("secret") VALUES (encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex'));
