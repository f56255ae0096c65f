// The stages of a household, in their order.
import type { HouseholdStage } from '../../api/shapes';

export const STAGES: HouseholdStage[] = [
  'registered',
  'told',
  'surveyed',
  'confirmed',
  'valued',
  'signed',
  'decided',
  'paid',
  'vacated',
  'demolished',
  'housed',
  'archived',
];
