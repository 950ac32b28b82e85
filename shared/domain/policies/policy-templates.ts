import { CALM_TEMPLATES } from './templates/calm-templates.ts';
import { LIVELY_TEMPLATES } from './templates/lively-templates.ts';
import type { PolicyTemplate } from './templates/template-parts.ts';
import { WHOLE_CATALOG_TEMPLATE, WIDE_TEMPLATES } from './templates/wide-templates.ts';

/** Starting points for a new policy, each of version 2; the first is the one without a choice. */
export const POLICY_TEMPLATES: readonly PolicyTemplate[] = [WHOLE_CATALOG_TEMPLATE, ...CALM_TEMPLATES, ...LIVELY_TEMPLATES, ...WIDE_TEMPLATES];

/** The template with that id, otherwise the whole catalog. */
export const findTemplate = (id: string | undefined): PolicyTemplate => POLICY_TEMPLATES.find((one) => one.id === id) ?? WHOLE_CATALOG_TEMPLATE;
