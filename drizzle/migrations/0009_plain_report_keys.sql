-- The size of the catalog is stored under the key `catalog` from now on, in the reports of snapshots and in the figures of scaling plans.
UPDATE "snapshots" SET "report" = ("report" - 'catalogue') || jsonb_build_object('catalog', "report"->'catalogue') WHERE "report" ? 'catalogue';--> statement-breakpoint
UPDATE "manager_plans" SET "body" = jsonb_set("body", '{stats}', (("body"->'stats') - 'catalogue') || jsonb_build_object('catalog', "body"->'stats'->'catalogue')) WHERE "body"->'stats' ? 'catalogue';
