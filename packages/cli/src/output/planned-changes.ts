// What a validated change would lead to in AWS, for people: a line for each change.

interface Plan {
  changes: {
    action: string;
    endpoint_service_id: string;
    request: Record<string, unknown>;
    held_up_by: string[];
  }[];
  more: number;
}

/**
 * @param header `Sallyport-Plan` of the answer; null where there is none, as for a customer
 * @returns no lines when nothing is known
 */
export function planLines(header: string | null): string[] {
  if (header === null) return [];
  const { changes, more } = JSON.parse(header) as Plan;
  if (changes.length === 0) return ['In AWS, nothing would be changed.'];
  const lines = changes.map(({ action, endpoint_service_id: service, request, held_up_by: by }) => {
    const held = by.length > 0 ? `, held up by ${by.join(', ')}` : '';
    return `  ${action} of ${service}: ${requestWords(request)}${held}`;
  });
  return ['In AWS, this would follow:', ...lines, ...(more > 0 ? [`  … and ${more} more`] : [])];
}

function requestWords(request: Record<string, unknown>): string {
  const words = Object.entries(request).flatMap(([name, value]) => {
    if (Array.isArray(value)) return value.length > 0 ? `${name} ${value.join(', ')}` : [];
    return `${name} ${typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none')}`;
  });
  return words.join('; ');
}
