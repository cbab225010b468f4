/** What somebody may be in the demo. */
export type DemoRole = 'customer' | 'support' | 'warehouse' | 'admin' | 'auditor';

export type DemoAccount = {
  readonly id: string;
  readonly role: DemoRole;
  readonly name: string;
  readonly email: string;
  readonly password: string;
};

/** One account per role, shown at every start. Demo data: nobody real, nothing secret. */
export const demoAccounts: readonly DemoAccount[] = [
  {
    id: 'demo-marta-oliveira',
    role: 'customer',
    name: 'Marta Oliveira',
    email: 'marta@waybill.example',
    password: 'customer-demo',
  },
  {
    id: 'demo-ines-sousa',
    role: 'support',
    name: 'Inês Sousa',
    email: 'ines@waybill.example',
    password: 'support-demo',
  },
  {
    id: 'demo-rui-lopes',
    role: 'warehouse',
    name: 'Rui Lopes',
    email: 'rui@waybill.example',
    password: 'warehouse-demo',
  },
  { id: 'demo-ana-kiss', role: 'admin', name: 'Ana Kiss', email: 'ana@waybill.example', password: 'admin-demo-1' },
  {
    id: 'demo-jan-visser',
    role: 'auditor',
    name: 'Jan Visser',
    email: 'jan@waybill.example',
    password: 'auditor-demo',
  },
];
