// The list below a field that searches: the field keeps the focus and moves through it by keys.
import { useEffect, useState, type KeyboardEvent, type ReactNode } from 'react';

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** Which of `count` choices is the active one, and the keys that move it. */
export function useActive(count: number) {
  const [active, setActive] = useState(0);
  /** True where the key moved it. */
  function move(event: KeyboardEvent): boolean {
    const step = STEPS[event.key];
    if (step === undefined) return false;
    event.preventDefault();
    setActive((active + step + count) % Math.max(1, count));
    return true;
  }
  return { active, move, first: () => setActive(0) };
}

/** What the field tells of its list; `id` is the field's. */
export function listWords(id: string, open: boolean, active: number, count: number) {
  return {
    role: 'combobox',
    autoComplete: 'off',
    'aria-autocomplete': 'list',
    'aria-expanded': open,
    'aria-controls': `${id}-list`,
    'aria-activedescendant': open && active < count ? `${id}-${active}` : undefined,
  } as const;
}

export function ChoiceList<Choice>(props: {
  id: string;
  label: string;
  choices: Choice[];
  active: number;
  keyOf: (choice: Choice) => string;
  onChoose: (choice: Choice) => void;
  /** What is said below: that it is being searched, that nothing was found. */
  status: string | null;
  children: (choice: Choice) => ReactNode;
}) {
  const { id, active } = props;
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  return (
    <div className="search-list">
      <ul id={`${props.id}-list`} role="listbox" aria-label={props.label}>
        {props.choices.map((choice, index) => (
          // The keyboard chooses through the field above.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={props.keyOf(choice)}
            id={`${props.id}-${index}`}
            role="option"
            aria-selected={index === props.active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => props.onChoose(choice)}
          >
            {props.children(choice)}
          </li>
        ))}
      </ul>
      <p role="status">{props.status}</p>
    </div>
  );
}
