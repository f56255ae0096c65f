// Short names for the shapes that api/openapi.yaml defines.
import type { components } from './schema';

type Schemas = components['schemas'];

export type Unit = Schemas['Unit'];
export type Role = Schemas['Role'];
export type Phase = Schemas['Phase'];
export type Title = Schemas['Title'];
export type KindCounts = Schemas['KindCounts'];
export type Quantity = Schemas['Quantity'];
export type ManyUnits = Schemas['ManyUnits'];
export type UnitPage = Schemas['UnitPage'];
export type Item = Schemas['Item'];
export type ItemPage = Schemas['ItemPage'];
export type ItemRow = ItemPage['items'][number];
export type Offer = Item['offers'][number];
export type Flow = Schemas['Flow'];
export type FlowTransition = Flow['transitions'][number];
export type History = Schemas['History'];
export type HistoryRecord = History['records'][number];
export type Action = Schemas['Action'];
export type OpenItem = Schemas['OpenItem'];
export type InboxPage = Schemas['InboxPage'];
export type InboxNotice = InboxPage['notices'][number];
export type Undelivered = InboxPage['undelivered'][number];
export type Contact = Schemas['Contact'];
export type ReportOnBehalf = Schemas['ReportOnBehalf'];
export type ReportTaken = Schemas['ReportTaken'];
export type Receipt = Schemas['Receipt'];
export type Session = Schemas['Session'];
export type SignInStep = Session['step'];
export type Account = Schemas['Account'];
export type SecondFactorBegun = Schemas['SecondFactorBegun'];
export type RecoveryCodes = Schemas['RecoveryCodes'];
export type SessionEntry = Schemas['Sessions']['sessions'][number];
export type Token = Schemas['Token'];
export type NewToken = Schemas['NewToken'];
export type AuditPage = Schemas['AuditPage'];
export type AuditRow = Schemas['AuditRow'];
export type Post = Session['posts'][number];
export type OwnPosts = Schemas['OwnPosts'];
export type DatedPost = Schemas['DatedPosts'][number];
export type HandoverNote = OwnPosts['handovers'][number];
export type HandoverPage = Schemas['HandoverPage'];
export type WorkList = Schemas['WorkList'];
export type OpenWork = Schemas['OpenWork'];
export type StoredFile = Schemas['File'];
export type KindSummary = Schemas['KindSummary'];
/** Where every answer was true. */
export type Stamp = Pick<Schemas['Ledger'], 'position' | 'instant'>;
/** A ledger that is served has its root. */
export type Ledger = Omit<Schemas['Ledger'], 'root'> & { root: Unit };
export type UnitRates = Schemas['UnitRates'];
export type KindRates = Schemas['KindRates'];
export type ToldRate = Schemas['ToldRate'];
export type RateShare = Schemas['Share'];
export type RateId = keyof KindRates['rates'];
export type ChildRow = Schemas['UnitPart'];
export type Week = Schemas['Trend']['weeks'][number];
/** What a unit's page asks for beside the unit. */
export type UnitWhole = Required<Pick<UnitPage, 'children_page' | 'trend'>>;
export type ItemTotals = Schemas['ItemTotals'];
export type WorkPage = Schemas['WorkPage'];
export type WorkOffer = WorkPage['items'][number]['offers'][number];
export type SearchAnswer = Schemas['Found'];
