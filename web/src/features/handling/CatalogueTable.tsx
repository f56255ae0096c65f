// The catalogue: who gives each service, what whoever applies brings, and what the office looks up.
import { useQuery } from '@tanstack/react-query';
import { getCatalogueTable, getServices } from '../../api/residents';
import type { ServiceEntry } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading, Notice } from '../../ui/Notice';
import { TableButton } from '../../ui/TableButton';
import { WideTable } from '../../ui/WideTable';
import { StampLine, unitKindKey } from '../../ui/words';

export function CatalogueTable() {
  const { t, pick } = useSpeech();
  const asked = useQuery({ queryKey: ['services'], queryFn: getServices });
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  if (!asked.data) return <Loading rows={6} />;
  const catalogue = asked.data;
  if (catalogue.version === null)
    return <Notice title={t('handling.noCatalogue')} detail={t('handling.noCatalogueHint')} />;
  return (
    <>
      <section className="card handling-catalogue">
        <div className="card-head">
          <h2>{catalogue.title ? pick(catalogue.title) : t('handling.part_catalogue')}</h2>
          <TableButton load={getCatalogueTable} name="services.csv" />
        </div>
        <p className="quiet">{t('handling.catalogueHint', { version: catalogue.version })}</p>
        <WideTable label={t('handling.part_catalogue')} words asLines>
          <thead>
            <tr>
              <th scope="col">{t('handling.service')}</th>
              <th scope="col">{t('handling.givenBy')}</th>
              <th scope="col">{t('handling.asks')}</th>
              <th scope="col">{t('handling.looksUp')}</th>
            </tr>
          </thead>
          <tbody>
            {catalogue.services.map((service) => (
              <Entry key={service.service} service={service} />
            ))}
          </tbody>
        </WideTable>
      </section>
      <StampLine position={catalogue.position} instant={catalogue.instant} />
    </>
  );
}

function Entry({ service }: { service: ServiceEntry }) {
  const { t, pick, language } = useSpeech();
  const and = language === 'en' ? ', ' : '、';
  const givers = [
    ...service.levels.map((level) => t(unitKindKey(level))),
    ...service.units.map((unit) => unit.name),
  ];
  const materials = (list: ServiceEntry['asks']) =>
    list
      .map((each) =>
        each.held_by === 'third_party'
          ? t('handling.fromElsewhere', { material: pick(each.title) })
          : pick(each.title),
      )
      .join(and) || '—';
  return (
    <tr>
      <th scope="row">{pick(service.title)}</th>
      <td data-word={t('handling.givenBy')}>{givers.join(and)}</td>
      <td data-word={t('handling.asks')}>{materials(service.asks)}</td>
      <td data-word={t('handling.looksUp')}>{materials(service.looks_up)}</td>
    </tr>
  );
}
