// Special rectification items as a tree: what a level above set, and what is part of it below.
import type { Requirement } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { rectificationTree, type Branch } from './model';
import { ShareText } from './shown';

interface Props {
  requirements: Requirement[];
  onShow: (requirement: string) => void;
}

export function Rectification({ requirements, onShow }: Props) {
  const { t } = useSpeech();
  const tree = rectificationTree(requirements);
  if (tree.length === 0) return null;
  return (
    <section className="card">
      <h2>{t('programme.rectification')}</h2>
      <p className="quiet">{t('programme.rectificationHint')}</p>
      <Branches tree={tree} onShow={onShow} />
    </section>
  );
}

function Branches({ tree, onShow }: { tree: Branch[]; onShow: Props['onShow'] }) {
  const { t, pick } = useSpeech();
  return (
    <ul className="branches">
      {tree.map(({ requirement, parts }) => (
        <li key={requirement.requirement}>
          <button type="button" className="as-link" onClick={() => onShow(requirement.requirement)}>
            {pick(requirement.title)}
          </button>{' '}
          {requirement.set_by ? (
            <span className="tag">{t(`programme.setBy_${requirement.set_by}`)}</span>
          ) : null}{' '}
          <ShareText share={requirement.counts} />
          {parts.length > 0 ? <Branches tree={parts} onShow={onShow} /> : null}
        </li>
      ))}
    </ul>
  );
}
