// Revolving funds: what everybody sees, and for who is over one its book, statements and loans.
import { ask, askBlob } from './client';
import type { Fund, FundLoans, FundPage, FundStatement, Stamp } from './shapes';

const PATH = '/api/v1/funds';
const pathOf = (fund: string) => `${PATH}/${encodeURIComponent(fund)}`;

export const getFunds = () => ask<{ funds: Fund[] } & Stamp>(PATH);

export const getFund = (fund: string) => ask<FundPage>(pathOf(fund));

export const getStatement = (fund: string, by: 'month' | 'unit') =>
  ask<FundStatement>(`${pathOf(fund)}/statement?by=${by}`);

/** Those that have not ended; `after`: where a page ended. */
export const getOpenLoans = (fund: string, after?: string) =>
  ask<FundLoans>(`${pathOf(fund)}/loans?open=yes${after === undefined ? '' : `&after=${after}`}`);

export const getFundsTable = () => askBlob(`${PATH}.csv`);
export const getSpansTable = (fund: string) => askBlob(`${pathOf(fund)}/spans.csv`);
export const getAgeingTable = (fund: string) => askBlob(`${pathOf(fund)}/ageing.csv`);

export const getStatementTable = (fund: string, by: 'month' | 'unit') =>
  askBlob(`${pathOf(fund)}/statement.csv?by=${by}`);
/** Ended ones too. */
export const getLoansTable = (fund: string) => askBlob(`${pathOf(fund)}/loans.csv`);
