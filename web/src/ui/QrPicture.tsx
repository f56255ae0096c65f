// A QR code as a picture with a name.
import { qrOf } from '../lib/qr';

export function QrPicture({ text, label }: { text: string; label: string }) {
  const qr = qrOf(text);
  if (!qr) return null;
  const side = qr.modules + 8;
  return (
    <svg
      className="qr-picture"
      role="img"
      aria-label={label}
      viewBox={`-4 -4 ${side} ${side}`}
      width="200"
      height="200"
    >
      <path d={`M-4 -4h${side}v${side}h${-side}z`} fill="#fff" />
      <path d={qr.path} fill="#000" />
    </svg>
  );
}
