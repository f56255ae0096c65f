// One sheet: banner, title, number and date above; its rows; position, checkpoint, page, QR below.
import { longDay, longInstant } from '../../lib/days';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import type { Doc } from './paper';
import type { Qr } from '../../lib/qr';
import { rowHeight, type LaidRow, type LaidSection, type Part, type Piece } from './sheets';
import type { Sheet, Size } from './sheets';
import type { Signed } from './useSigned';

interface Props {
  doc: Doc;
  sections: LaidSection[];
  sheet: Sheet;
  size: Size;
  place: { page: number; pages: number };
  signed: Signed | null;
  qr: Qr | null;
  simulated: boolean;
}

export function SheetView(props: Props) {
  const { t, language } = useSpeech();
  const { doc, sections, sheet, size, simulated } = props;
  return (
    <section className={`paper ${doc.orientation}`}>
      <p className="sheet-banner">{simulated ? t('print.simulated') : null}</p>
      <h1>{doc.title}</h1>
      <p className="sheet-number">
        <span>{t('print.number', { number: doc.number })}</span>
        <span>{longDay(doc.day, language)}</span>
      </p>
      <div className="sheet-rows">
        {sheet.parts.map((part) => {
          const section = sections[part.section];
          return section ? (
            <PartTable key={part.section} part={part} section={section} size={size} />
          ) : null;
        })}
      </div>
      <Foot {...props} />
    </section>
  );
}

function PartTable({ part, section, size }: { part: Part; section: LaidSection; size: Size }) {
  return (
    <>
      {part.heading ? <h2 style={{ height: `${size.heading}mm` }}>{section.heading}</h2> : null}
      <table className={section.plain ? 'plain-rows' : undefined}>
        <colgroup>
          {section.columns.map((column, index) => (
            <col key={index} style={{ width: `${column.width}mm` }} />
          ))}
        </colgroup>
        {section.head ? (
          <thead>
            <tr style={{ height: `${rowHeight(section.head.lines, size)}mm` }}>
              {section.head.cells.map((cell, index) => (
                <th key={index} scope="col">
                  <Lines lines={cell} />
                </th>
              ))}
            </tr>
          </thead>
        ) : null}
        <tbody>
          {part.pieces.map((piece) => (
            <PieceRow key={piece.row} piece={piece} section={section} size={size} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function PieceRow({ piece, section, size }: { piece: Piece; section: LaidSection; size: Size }) {
  const row = section.rows[piece.row] as LaidRow;
  const lines = piece.to - piece.from;
  return (
    <tr style={{ height: `${rowHeight(lines, size)}mm` }}>
      {row.cells.map((cell, index) => {
        const look = section.columns[index]?.look;
        const signs = row.foot !== undefined && index === row.cells.length - 1;
        if (look === 'label')
          return (
            <th key={index} scope="row" className="label">
              <Lines lines={cell.slice(0, lines)} />
            </th>
          );
        return (
          <td key={index} className={signs ? `${look} signed` : look}>
            <Lines lines={cell.slice(piece.from, piece.to)} />
            {signs && piece.to === row.lines ? <span className="sign">{row.foot}</span> : null}
          </td>
        );
      })}
    </tr>
  );
}

function Lines({ lines }: { lines: string[] }) {
  return lines.map((line, index) => (
    <span key={index} className="line">
      {line}
    </span>
  ));
}

function Foot({ doc, place, signed, qr }: Props) {
  const { t, language } = useSpeech();
  const { first, last } = doc.positions;
  return (
    <footer>
      <div>
        <p>
          {first === last
            ? t('print.position', { position: count(last) })
            : t('print.positions', { first: count(first), last: count(last) })}
          {t('print.instant', { instant: longInstant(doc.instant, language) })}
        </p>
        <p>
          {signed
            ? t('print.checkpoint', { size: count(signed.size), hash: signed.hash })
            : t('print.noCheckpoint')}
        </p>
        <p className="address">{qr ? location.origin + doc.address : t('print.noQr')}</p>
      </div>
      <p className="page-number">{t('print.page', place)}</p>
      <QrPicture qr={qr} />
    </footer>
  );
}

function QrPicture({ qr }: { qr: Qr | null }) {
  const { t } = useSpeech();
  if (!qr) return <div className="qr" />;
  const quiet = 2;
  const side = qr.modules + 2 * quiet;
  return (
    <svg
      className="qr"
      role="img"
      aria-label={t('print.qr')}
      viewBox={`${-quiet} ${-quiet} ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <path d={qr.path} />
    </svg>
  );
}
