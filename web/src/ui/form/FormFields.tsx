// The fields of a form that is sent as one, in their order.
import type { Field } from './fields';
import { FormField } from './FormField';
import type { Around } from './inputs';
import type { Sending } from './SendingForm';

export function FormFields(props: { form: Sending; fields: Field[]; around: Around }) {
  const { form } = props;
  return props.fields.map((field) => (
    <FormField
      key={field.name}
      field={field}
      value={form.values[field.name]}
      onChange={(change) => form.setValue(field.name, change)}
      errors={form.errors}
      around={props.around}
    />
  ));
}
