// The proof of one record, checked here in the browser step by step, in plain words.
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Problem } from '../../api/client';
import { getProof } from '../../api/items';
import type { HistoryRecord } from '../../api/shapes';
import { count } from '../../lib/numbers';
import { checkProof, type RecordProof, type Step } from '../../lib/recordProof';
import { hasWebCrypto } from '../../lib/sha256';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading, Notice } from '../../ui/Notice';
import { saveFile } from '../../ui/saveFile';
import { useHere } from '../../ui/SessionContext';
import { showsWhatIsProven } from './proofShown';

const NOT_YET_AGAIN_MS = 15_000;

export function Proof({ no, record }: { no: string; record: HistoryRecord }) {
  const { t } = useSpeech();
  const { log_key: logKey } = useHere().ledger;
  const found = useQuery({
    queryKey: ['proof', no, record.seq],
    queryFn: async () => {
      const proof = await getProof(no, record.seq);
      const steps = await checkProof(proof, record.leaf, logKey);
      return { proof, steps: withShown(steps, record, proof) };
    },
    retry: false,
    staleTime: Infinity,
    refetchInterval: (query) => (isNotYet(query.state.error) ? NOT_YET_AGAIN_MS : false),
    meta: { still: true },
  });
  if (isNotYet(found.error))
    return <Notice title={t('item.proofNotYet')} hint={t('item.proofNotYetHint')} />;
  if (found.error) return <ErrorNotice error={found.error} again={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={3} />;
  const { proof, steps } = found.data;
  const holds = steps.every((step) => step.holds);
  return (
    <section className="proof" aria-label={t('item.proof', { seq: record.seq })}>
      <p role="status" className={holds ? 'good' : 'late'}>
        <b>{t(holds ? 'item.proofHolds' : 'item.proofFails')}</b>
      </p>
      <ol>
        {steps.map(({ step, holds: fits }) => (
          <li key={step}>
            <b className={fits ? 'good' : 'late'}>
              {fits ? '✓' : '✗'} {t(`item.proof_${step}`)}
            </b>{' '}
            <span>{t(`item.proofWhy_${step}`, factsOf(proof))}</span>
          </li>
        ))}
      </ol>
      <p className="quiet">{t(hasWebCrypto() ? 'item.proofByBrowser' : 'item.proofByScript')}</p>
      <details>
        <summary>{t('item.proofNumbers')}</summary>
        <dl className="proof-numbers">
          <Hashes word={t('item.proofSeq')}>{count(proof.seq)}</Hashes>
          <Hashes word={t('item.proofLeaf')}>{proof.leaf}</Hashes>
          <Hashes word={t('item.proofHeader')}>{proof.header}</Hashes>
          <Hashes word={t('item.proofPath')}>
            {proof.path.map((hash, index) => (
              <div key={index}>{hash}</div>
            ))}
          </Hashes>
          <Hashes word={t('item.proofKey')}>{logKey}</Hashes>
          <Hashes word={t('item.proofCheckpoint')}>
            <pre>{proof.checkpoint}</pre>
          </Hashes>
        </dl>
      </details>
      <Button
        size="small"
        onClick={() =>
          saveFile(
            new Blob([proof.checkpoint], { type: 'text/plain' }),
            `checkpoint-${proof.size}.txt`,
          )
        }
      >
        {t('item.proofDownload')}
      </Button>
      <h4>{t('item.proofNotShown')}</h4>
      <ul>
        <li>{t('item.proofNot_truth')}</li>
        <li>{t('item.proofNot_other')}</li>
        <li>{t('item.proofNot_key')}</li>
        <li>{t('item.proofNot_person')}</li>
      </ul>
    </section>
  );
}

interface Shown {
  step: Step | 'shown';
  holds: boolean;
}

// After the texts and before the tree: is that what stands on this page?
function withShown(steps: Shown[], record: HistoryRecord, proof: RecordProof): Shown[] {
  let holds = false;
  try {
    holds = showsWhatIsProven(record, proof);
  } catch {
    holds = false;
  }
  const at = steps.findIndex((step) => step.step === 'leaf');
  return [...steps.slice(0, at), { step: 'shown', holds }, ...steps.slice(at)];
}

function factsOf(proof: RecordProof) {
  return {
    seq: count(proof.seq),
    size: count(proof.size),
    hashes: proof.path.length,
    texts: proof.parts.length,
    destroyed: proof.parts.filter((part) => part.text === null).length,
  };
}

function isNotYet(error: Error | null): boolean {
  return error instanceof Problem && error.code === 'proof_not_yet';
}

function Hashes({ word, children }: { word: string; children: ReactNode }) {
  return (
    <>
      <dt>{word}</dt>
      <dd className="hash">{children}</dd>
    </>
  );
}
