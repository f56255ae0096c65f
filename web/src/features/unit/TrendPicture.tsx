// Bars for what was listed and closed in a week, a line for what was open at its end.
import { useMemo } from 'react';
import type { Week } from '../../api/shapes';
import { shortDay } from '../../lib/days';
import { useChart, type ChartOption } from '../../ui/chart';
import { useSpeech } from '../../ui/LanguageContext';
import { colours } from '../../ui/theme';

export function TrendPicture({ weeks }: { weeks: Week[] }) {
  const { t, language } = useSpeech();
  const option = useMemo<ChartOption>(
    () => ({
      animation: false,
      aria: { enabled: true, label: { description: t('unit.trend') } },
      tooltip: { trigger: 'axis', renderMode: 'richText' },
      legend: { bottom: 0, itemGap: 24 },
      grid: { left: 40, right: 12, top: 12, bottom: 56 },
      xAxis: {
        type: 'category',
        data: weeks.map((week) => shortDay(week.last, language, week.last)),
        axisTick: { show: false },
      },
      yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: colours.line } } },
      series: [
        {
          type: 'bar',
          name: t('unit.trendListed'),
          data: weeks.map((week) => week.listed),
          color: '#9db7cf',
          barMaxWidth: 18,
        },
        {
          type: 'bar',
          name: t('unit.trendClosed'),
          data: weeks.map((week) => week.closed),
          color: colours.good,
          barMaxWidth: 18,
        },
        {
          type: 'line',
          name: t('unit.trendOpen'),
          data: weeks.map((week) => week.open),
          color: colours.accent,
          symbolSize: 6,
        },
      ],
    }),
    [weeks, t, language],
  );
  return <div ref={useChart(option)} className="trend" />;
}
