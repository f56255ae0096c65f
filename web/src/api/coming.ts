// Shapes of what pages ask for, by the names of api/openapi.yaml.
import type { components } from './schema';
import type { ItemRow, Unit } from './shapes';

type Schemas = components['schemas'];

export interface Stamp {
  position: number;
  instant: string;
}
export type Ledger = Omit<Schemas['Ledger'], 'root'> & { root: Unit };
export type ChildRow = Schemas['UnitPart'];
export type Week = Schemas['Trend']['weeks'][number];
export interface UnitWhole {
  children_page: { rows: ChildRow[]; next: string | null };
  trend: { weeks: Week[] };
}
export type ItemTotals = Schemas['ItemTotals'];
export type WorkPage = Schemas['WorkPage'];
export type WorkOffer = WorkPage['items'][number]['offers'][number];
export interface SearchAnswer extends Stamp {
  units: { code: string; name: string; kind: string; path: Unit[] }[];
  items: ItemRow[];
  more_units: boolean;
  index_behind?: boolean;
}
