// Boxes to check, each of which stands for a code.
interface Props {
  choices: { code: string; text: string }[];
  value: string[];
  onChange: (value: string[]) => void;
}

export function Checks({ choices, value, onChange }: Props) {
  const turn = (code: string) =>
    onChange(value.includes(code) ? value.filter((each) => each !== code) : [...value, code]);
  return choices.map(({ code, text }) => (
    <label className="check" key={code}>
      <input type="checkbox" checked={value.includes(code)} onChange={() => turn(code)} />
      {text}
    </label>
  ));
}
