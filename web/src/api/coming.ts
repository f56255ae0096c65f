// Shapes of routes.
import type { components } from './schema';
import type { ItemRow, Role, Title, Unit } from './shapes';

type Schemas = components['schemas'];

export interface Stamp {
  position: number;
  instant: string;
}
export interface Ledger extends Stamp {
  origin: string;
  simulated: boolean;
  demo: boolean;
  zone: string;
  root: Unit;
  units: number;
  log_key: string;
  today: string;
  version: string;
}
export interface ChildRow {
  unit: Unit;
  kind: string;
  placeholder: boolean;
  leaf: boolean;
  totals: Schemas['ManyKindCounts'];
}
export interface Week {
  first: string;
  last: string;
  listed: number;
  closed: number;
  open: number;
}
export interface UnitWhole {
  children_page: { rows: ChildRow[]; next: string | null };
  trend: { weeks: Week[] };
}
export interface ItemTotals {
  open: number;
  overdue: number;
  closed: number;
  closed_fixed: number;
  reopened: number;
  dropped: number;
}
export interface WorkOffer {
  transition: string;
  title: Title;
  role: Role;
  unit: Unit;
}
export interface WorkPage extends Stamp {
  items: (ItemRow & { offers: WorkOffer[] })[];
  more: boolean;
  total_at_least: number;
}
export interface SearchAnswer extends Stamp {
  units: { code: string; name: string; kind: string; path: Unit[] }[];
  items: ItemRow[];
  more_units: boolean;
  index_behind?: boolean;
}
