'use client';

import { Copy, Search } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { Checkbox } from '../../_ui/checkbox.tsx';
import { FilterChip, ToggleChip } from '../../_ui/chip.tsx';
import { Field } from '../../_ui/field.tsx';
import { IconButton } from '../../_ui/icon-button.tsx';
import { Input, Textarea } from '../../_ui/input.tsx';
import { Kbd } from '../../_ui/kbd.tsx';
import { QuantityStepper } from '../../_ui/quantity-stepper.tsx';
import { Radio, RadioGroup, RadioRow, RuledRadioGroup } from '../../_ui/radio-group.tsx';
import { NativeSelect, Select } from '../../_ui/select.tsx';
import { Switch } from '../../_ui/switch.tsx';
import { Tabs, TabsContent, TabsList, TabsTrigger, ViewTabs } from '../../_ui/tabs.tsx';
import { TagChip } from '../../_ui/tag-chip.tsx';
import { ThemeSwitch } from '../../_ui/theme-switch.tsx';
import { KitSection } from './kit-section.tsx';

const countries = [
  { value: 'PT', label: 'Portugal' },
  { value: 'NL', label: 'Netherlands' },
  { value: 'PL', label: 'Poland' },
];
const nothing = () => {};

export const KitControls = () => {
  const [quantity, setQuantity] = useState(1);
  const [view, setView] = useState('open');
  const [tea, setTea] = useState(true);
  return (
    <>
      <KitSection title="Buttons">
        <div className="flex flex-wrap items-center gap-3">
          <Button variant="primary" shortcut="R">
            Refund € 19.90
          </Button>
          <Button shortcut="H">Hold</Button>
          <Button variant="ghost">Discard</Button>
          <Button variant="danger">Cancel order</Button>
          <Button variant="pencil">Undo change</Button>
          <Button variant="hivis">Scan bin or item</Button>
          <Button variant="link">All events</Button>
          <Button busy>Sending</Button>
          <Button disabled>Not now</Button>
          <IconButton label="Copy order number">
            <Copy aria-hidden="true" />
          </IconButton>
          <ThemeSwitch />
          <Kbd>Ctrl</Kbd>
        </div>
      </KitSection>
      <KitSection title="Fields">
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <Field label="Street and number" required>
            <Input autoComplete="off" defaultValue="Rua das Flores 118" />
          </Field>
          <Field label="Postal code" error="Enter 4 digits and 2 letters, like 1012 AB" hint="As on your letters.">
            <Input defaultValue="1012" />
          </Field>
          <Field label="Country">
            <NativeSelect options={countries} />
          </Field>
          <Field label="Warehouse">
            <Select options={countries} placeholder="Any warehouse" />
          </Field>
          <Field label="Quantity">
            <QuantityStepper label="Quantity of teapots" value={quantity} onValueChange={setQuantity} max={9} />
          </Field>
          <Field label="Search">
            <Input
              type="search"
              placeholder="Find an order"
              lead={<Search aria-hidden="true" />}
              trail={<Kbd>/</Kbd>}
            />
          </Field>
          <Field label="Note">
            <Textarea placeholder="What the next person should know" />
          </Field>
          <RuledRadioGroup aria-label="Shipping method" defaultValue="standard">
            <RadioRow value="standard" label="Standard" detail="With you Tue 24 Nov" trail="€ 4.90" />
            <RadioRow value="express" label="Express" detail="With you Mon 23 Nov" trail="€ 12.90" />
          </RuledRadioGroup>
          <div className="flex flex-col items-start gap-3">
            <Checkbox label="Put the items back in stock" defaultChecked />
            <Checkbox label="Some of these" checked="indeterminate" />
            <Switch label="Single-letter keys" defaultChecked />
            <RadioGroup aria-label="Restock" defaultValue="a">
              <Radio value="a" label="All lines" />
              <Radio value="b" label="Some lines" />
            </RadioGroup>
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <FilterChip name="payment" value="authorized" onEdit={nothing} onRemove={nothing} />
          <FilterChip name="payment" value="captred" invalid onRemove={nothing} />
          <TagChip tag="vip" onRemove={nothing} />
          <TagChip tag="call-back" pending />
          <ToggleChip pressed={tea} onPressedChange={setTea}>
            Tea
          </ToggleChip>
          <ToggleChip pressed={false} onPressedChange={nothing}>
            Knives
          </ToggleChip>
        </div>
        <ViewTabs
          label="Orders"
          value={view}
          onValueChange={setView}
          views={[
            { id: 'open', label: 'All open' },
            { id: 'holds', label: 'Holds', count: 14 },
            { id: 'mine', label: 'Mine', count: 9 },
          ]}
        />
        <Tabs defaultValue="table">
          <TabsList aria-label="View">
            <TabsTrigger value="table">Table</TabsTrigger>
            <TabsTrigger value="board">Board</TabsTrigger>
          </TabsList>
          <TabsContent value="table">The queue as a table.</TabsContent>
          <TabsContent value="board">The queue as a board.</TabsContent>
        </Tabs>
      </KitSection>
    </>
  );
};
