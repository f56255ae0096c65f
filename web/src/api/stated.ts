// What the article that a demonstration plays states, next to what its ledger answers.
import { ask } from './client';
import type { Stated } from './shapes';

export const getStated = () => ask<Stated>('/api/v1/demo/stated');
