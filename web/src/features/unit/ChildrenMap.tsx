// The units below as a treemap: size is the number open, colour the share overdue.
import { useMemo } from 'react';
import { useNavigate } from 'react-router-dom';
import { withAsOf } from '../../lib/asOf';
import { unitAddress } from '../../lib/unitAddress';
import { useChart, type ChartOption } from '../../ui/chart';
import { useSpeech } from '../../ui/LanguageContext';
import { LATE_STEPS, lateStep, type Child } from './model';

const DARK_FROM = 3;

export function ChildrenMap({ items, asOf }: { items: Child[]; asOf: string | undefined }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const shown = useMemo(() => items.filter(({ sum }) => sum.open > 0), [items]);
  const option = useMemo<ChartOption>(
    () => ({
      animation: false,
      aria: { enabled: true, label: { description: t('unit.mapHint') } },
      tooltip: {
        renderMode: 'richText',
        formatter: (hit) => {
          const one = Array.isArray(hit) ? hit[0] : hit;
          const data = one?.data as { name?: string; open?: number; overdue?: number };
          const open = `${t('term.open')} ${data.open ?? 0}`;
          return `${data.name ?? ''}\n${open} · ${t('term.overdue')} ${data.overdue ?? 0}`;
        },
      },
      series: [
        {
          type: 'treemap',
          roam: false,
          nodeClick: false,
          breadcrumb: { show: false },
          left: 0,
          right: 0,
          top: 0,
          bottom: 0,
          label: { fontSize: 13, overflow: 'truncate' },
          data: shown.map(({ row, sum }) => {
            const step = lateStep(sum);
            return {
              id: unitAddress(row.unit),
              name: row.unit.name,
              value: sum.open,
              open: sum.open,
              overdue: sum.overdue,
              label: {
                color: step >= DARK_FROM ? '#fff' : '#1f2329',
                formatter: `${row.unit.name}\n${sum.open}`,
              },
              itemStyle: { color: LATE_STEPS[step]?.colour ?? LATE_STEPS[0].colour },
            };
          }),
        },
      ],
    }),
    [shown, t],
  );
  const element = useChart(option, (code) => navigate(withAsOf(`/units/${code}`, asOf)));
  if (shown.length === 0) return <p className="quiet">{t('unit.mapEmpty')}</p>;
  return (
    <>
      <p className="quiet">{t('unit.mapHint')}</p>
      <div ref={element} className="map" />
      <ul className="legend" aria-label={t('unit.legendLate')}>
        {LATE_STEPS.map((step, index) => (
          <li key={step.upTo}>
            <i className={`late-step-${index}`} />
            {index === 0 ? '0%' : `≤ ${step.upTo * 100}%`}
          </li>
        ))}
      </ul>
    </>
  );
}
