// The audit log, for the audit administrator: who read and did what, when, from where.
import { Button, Form, Input } from 'antd';
import { useSearchParams } from 'react-router-dom';
import { getAudit } from '../../api/audit';
import type { AuditRow } from '../../api/shapes';
import { longInstant } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { WideTable } from '../../ui/WideTable';
import { usePages } from '../../ui/usePages';
import { usePageTitle } from '../../ui/usePageTitle';
import { actKey, FILTERS, filtersOf, stepKey } from './model';
import './audit.css';

export function AuditPage() {
  const { t } = useSpeech();
  usePageTitle(t('audit.title'));
  const [search, setSearch] = useSearchParams();
  const filters = filtersOf(search);
  const asked = usePages(['audit', filters], (cursor: number | undefined) =>
    getAudit(filters, cursor),
  );
  const head = asked.data?.pages[0]?.head;
  return (
    <>
      <h1>{t('audit.title')}</h1>
      <p className="quiet">{t('audit.why')}</p>
      <Filters filters={filters} onFind={(found) => setSearch(found)} />
      {asked.error ? <ErrorNotice error={asked.error} /> : null}
      {asked.data ? (
        <Rows rows={asked.data.pages.flatMap((page) => page.rows)} />
      ) : asked.error ? null : (
        <Loading rows={8} />
      )}
      {asked.hasNextPage ? (
        <Button loading={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {t('audit.more')}
        </Button>
      ) : null}
      {head ? (
        <p className="quiet audit-head">
          {t('audit.head', { rows: String(head.rows) })} <code>{head.hash}</code>
        </p>
      ) : null}
    </>
  );
}

function Filters(props: {
  filters: Record<string, string>;
  onFind: (filters: Record<string, string>) => void;
}) {
  const { t } = useSpeech();
  return (
    <Form<Record<string, string>>
      key={JSON.stringify(props.filters)}
      className="audit-filters"
      layout="vertical"
      initialValues={props.filters}
      onFinish={(given) => props.onFind(filtersOf(new URLSearchParams(trimmed(given))))}
    >
      {FILTERS.map((name) => (
        <Form.Item key={name} name={name} label={t(`audit.${name}`)}>
          {name === 'result' ? (
            <select>
              <option value="">{t('term.all')}</option>
              <option value="ok">{t('audit.ok')}</option>
              <option value="refused">{t('audit.refused')}</option>
            </select>
          ) : (
            <Input allowClear maxLength={64} />
          )}
        </Form.Item>
      ))}
      <Button type="primary" htmlType="submit">
        {t('audit.find')}
      </Button>
    </Form>
  );
}

function trimmed(given: Record<string, string | undefined>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) if (value?.trim()) out[name] = value.trim();
  return out;
}

function Rows({ rows }: { rows: AuditRow[] }) {
  const { t, language } = useSpeech();
  if (rows.length === 0) return <p role="status">{t('audit.nothing')}</p>;
  return (
    <div className="audit-rows">
      <WideTable label={t('audit.title')} words>
        <thead>
          <tr>
            <th scope="col">{t('audit.at')}</th>
            <th scope="col">{t('audit.account')}</th>
            <th scope="col">{t('audit.act')}</th>
            <th scope="col">{t('audit.about')}</th>
            <th scope="col">{t('audit.result')}</th>
            <th scope="col">{t('audit.from')}</th>
            <th scope="col">{t('audit.by')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.seq}>
              <td>{longInstant(row.at, language)}</td>
              <td>{row.account?.name ?? row.account?.id ?? t('audit.nobody')}</td>
              <td>{actKey(row.act) ? t(actKey(row.act)!) : row.act}</td>
              <td>{stepKey(row) ? t(stepKey(row)!) : row.about}</td>
              <td className={row.result === 'ok' ? '' : 'late'}>
                {row.result === 'ok' ? t('audit.ok') : row.result}
              </td>
              <td>{row.from}</td>
              <td>{t(`audit.by_${row.by}`)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </div>
  );
}
