// What of an item is counted, over time; its model and copies; the ballot by which it was chosen.
import { ask, askBlob } from './client';
import type { BallotDone, BallotPage, Ballots, BallotWish, Copies, Results } from './shapes';

export const getResults = (no: string) => ask<Results>(`/api/v1/items/${no}/results`);
export const getCopies = (no: string) => ask<Copies>(`/api/v1/items/${no}/copies`);
export const getBallot = (ballot: number) => ask<BallotPage>(`/api/v1/ballots/${ballot}`);

/** `cursor`: where a page ended. */
export const getBallots = (cursor?: string) =>
  ask<Ballots>(`/api/v1/ballots${cursor === undefined ? '' : `?cursor=${cursor}`}`);
export const recordBallot = (body: BallotWish, idempotencyKey: string) =>
  ask<BallotDone>('/api/v1/ballots', { method: 'POST', body, idempotencyKey });

export const getBallotsTable = () => askBlob('/api/v1/ballots.csv');
export const getMilestonesTable = (no: string) => askBlob(`/api/v1/items/${no}/milestones.csv`);
export const getMoneyTable = (no: string) => askBlob(`/api/v1/items/${no}/money.csv`);
export const getResultsTable = (no: string) => askBlob(`/api/v1/items/${no}/results.csv`);
export const getCopiesTable = (no: string) => askBlob(`/api/v1/items/${no}/copies.csv`);
export const getBallotTable = (ballot: number) => askBlob(`/api/v1/ballots/${ballot}/votes.csv`);
