// The steps of an import: for whom, the template, the file and what was found in it, taking it.
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { getMarked, getTemplate, sendImport } from '../../api/exchange';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { saveFile } from '../../ui/saveFile';
import { useHere } from '../../ui/SessionContext';
import { UnitField, useUnitName } from '../../ui/UnitField';
import { faultsOf, fileFault, markedName } from './importFile';
import { Faults } from './ImportFaults';
import type { Kinds } from './useKinds';

interface Chosen {
  name: string;
  bytes: Blob;
}

interface Props {
  kinds: Kinds;
  onBusy: (busy: boolean) => void;
  onClose: () => void;
}

export function ImportForm({ kinds, onBusy, onClose }: Props) {
  const { t } = useSpeech();
  const { session } = useHere();
  const own = session?.posts.find((post) => post.role === 'recorder')?.unit.code;
  const [unit, setUnit] = useState(own);
  const [kind, setKind] = useState<string>();
  const [file, setFile] = useState<Chosen | null>(null);
  const chosenKind = kind ?? kinds.kinds[0]?.kind ?? 'problem';
  const { checking, taking } = useImport(unit ?? '', chosenKind);
  const faults = faultsOf(checking.error) ?? faultsOf(taking.error);
  useWaitingGuard(taking.isPending, onBusy);

  // Another unit, kind or file is another question.
  function anew() {
    checking.reset();
    taking.reset();
  }
  function choose(chosen: Chosen | null) {
    anew();
    setFile(chosen);
    if (chosen) checking.mutate(chosen.bytes);
  }

  if (taking.data)
    return (
      <Taken
        rows={taking.data.taken}
        unit={unit ?? ''}
        onClose={onClose}
        onAgain={() => choose(null)}
      />
    );
  return (
    <ol className="import-steps">
      <Step title={t('ledger.importFor')}>
        <UnitField
          label={t('ledger.importUnit')}
          code={unit}
          onChange={(code) => {
            setUnit(code);
            choose(null);
          }}
        />
        {kinds.kinds.length > 1 ? (
          <KindField
            kinds={kinds}
            kind={chosenKind}
            onKind={(next) => {
              setKind(next);
              choose(null);
            }}
          />
        ) : null}
      </Step>
      <Step title={t('ledger.importTemplate')}>
        <Template unit={unit} />
      </Step>
      <Step title={t('ledger.importFile')}>
        <FileField disabled={!unit || taking.isPending} file={file} onFile={choose} />
        <div role="status">{checking.isPending ? t('ledger.importChecking') : null}</div>
        {checking.error && !faults ? <Failed error={checking.error} /> : null}
        {faults ? (
          <Faults faults={faults}>
            {file ? <Marked file={file} unit={unit ?? ''} kind={chosenKind} /> : null}
          </Faults>
        ) : null}
      </Step>
      {checking.data && file && !faults ? (
        <Step title={t('ledger.importTake')}>
          <p className="good">{t('ledger.importSound', { rows: count(checking.data.rows) })}</p>
          <Button
            type="primary"
            loading={taking.isPending}
            disabled={checking.data.rows === 0}
            onClick={() => taking.mutate(file.bytes)}
          >
            {t('ledger.importConfirm', { rows: count(checking.data.rows) })}
          </Button>
          <div role="status">{taking.isPending ? t('ledger.importTaking') : null}</div>
          {taking.error ? <Failed error={taking.error} /> : null}
        </Step>
      ) : null}
    </ol>
  );
}

function useImport(unit: string, kind: string) {
  const checking = useMutation({
    mutationFn: (bytes: Blob) => sendImport(bytes, unit, kind, true),
  });
  const taking = useMutation({
    mutationFn: (bytes: Blob) => sendImport(bytes, unit, kind, false),
  });
  return { checking, taking };
}

// Leaving while rows are taken would leave one unsure whether they were.
function useWaitingGuard(waiting: boolean, onBusy: (busy: boolean) => void) {
  const told = useRef(onBusy);
  told.current = onBusy;
  useEffect(() => {
    told.current(waiting);
    if (!waiting) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [waiting]);
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li>
      <h3>{title}</h3>
      {children}
    </li>
  );
}

function KindField(props: { kinds: Kinds; kind: string; onKind: (kind: string) => void }) {
  const { t, pick } = useSpeech();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t('term.kind')}</label>
      <select id={id} value={props.kind} onChange={(event) => props.onKind(event.target.value)}>
        {props.kinds.kinds.map((each) => (
          <option key={each.kind} value={each.kind}>
            {pick(each.title)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Template({ unit }: { unit: string | undefined }) {
  const { t } = useSpeech();
  const name = useUnitName(unit);
  const saving = useMutation({
    mutationFn: async (code: string) =>
      saveFile(await getTemplate(code), `${t('ledger.templateName', { unit: name })}.xlsx`),
  });
  return (
    <>
      <p className="quiet">{t('ledger.importTemplateHint')}</p>
      <Button
        disabled={!unit}
        loading={saving.isPending}
        onClick={() => unit && saving.mutate(unit)}
      >
        {t('ledger.importGetTemplate')}
      </Button>
      {saving.error ? <Failed error={saving.error} /> : null}
    </>
  );
}

function FileField(props: {
  disabled: boolean;
  file: Chosen | null;
  onFile: (file: Chosen | null) => void;
}) {
  const { t } = useSpeech();
  const id = useId();
  const [wrong, setWrong] = useState('');
  async function choose(input: HTMLInputElement) {
    const file = input.files?.[0];
    // So that the same file can be chosen again after it was mended.
    input.value = '';
    if (!file) return;
    const fault = fileFault(file);
    setWrong(fault ? t(`ledger.importFile_${fault}`) : '');
    if (fault) return props.onFile(null);
    try {
      // Read at once: what was checked is what is taken, whatever becomes of the file on the disk.
      props.onFile({ name: file.name, bytes: new Blob([await file.arrayBuffer()]) });
    } catch {
      setWrong(t('ledger.importFile_unreadable'));
    }
  }
  return (
    <div className="field">
      <label htmlFor={id}>{t('ledger.importChoose')}</label>
      <input
        id={id}
        type="file"
        accept=".xlsx,.csv"
        disabled={props.disabled}
        aria-describedby={`${id}-hint`}
        onChange={(event) => void choose(event.target)}
      />
      <p className="hint" id={`${id}-hint`}>
        {props.file
          ? t('ledger.importChosen', { name: props.file.name })
          : t('ledger.importFileHint')}
      </p>
      {wrong ? (
        <p role="alert" className="wrong">
          {wrong}
        </p>
      ) : null}
    </div>
  );
}

function Marked({ file, unit, kind }: { file: Chosen; unit: string; kind: string }) {
  const { t } = useSpeech();
  const saving = useMutation({
    mutationFn: async () =>
      saveFile(
        await getMarked(file.bytes, unit, kind),
        markedName(file.name, t('ledger.importMark')),
      ),
  });
  return (
    <>
      <Button type="primary" loading={saving.isPending} onClick={() => saving.mutate()}>
        {t('ledger.importGetMarked')}
      </Button>
      {saving.error ? <Failed error={saving.error} /> : null}
    </>
  );
}

function Failed({ error }: { error: Error }) {
  const { t } = useSpeech();
  return (
    <p role="alert" className="late">
      {error.message || `${t('term.offline')} ${t('ledger.importNothing')}`}
    </p>
  );
}

function Taken(props: { rows: number; unit: string; onClose: () => void; onAgain: () => void }) {
  const { t } = useSpeech();
  const { ledger } = useHere();
  const to = `/items?opened_from=${ledger.today}&opened_to=${ledger.today}&unit=${props.unit}`;
  return (
    <div role="status">
      <h3 className="good">{t('ledger.importDone', { rows: count(props.rows) })}</h3>
      <p>{t('ledger.importDoneHint')}</p>
      <p className="import-actions">
        <Link className="button primary" to={to} onClick={props.onClose}>
          {t('ledger.importSee')}
        </Link>
        <Button onClick={props.onAgain}>{t('ledger.importAnother')}</Button>
      </p>
    </div>
  );
}
