// The way to the next rows of a list that comes in pages, and how many are shown.
import { Button } from 'antd';
import { useSpeech } from './LanguageContext';

interface Props {
  asked: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  shown?: number;
}

export function MoreRows({ asked, shown }: Props) {
  const { t } = useSpeech();
  if (!asked.hasNextPage) return null;
  return (
    <p>
      <Button onClick={() => void asked.fetchNextPage()} loading={asked.isFetchingNextPage}>
        {t('term.more')}
      </Button>
      {shown === undefined ? null : (
        <span className="quiet"> {t('term.shown', { count: shown })}</span>
      )}
    </p>
  );
}
