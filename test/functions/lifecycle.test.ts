import { type Lifecycle, onLifecycle } from '../../src/functions/lifecycle';
import { created, deleted, updated } from '../helpers/lifecycle-events';

interface Wanted {
  readonly name: string;
}

function make(overrides: Partial<Lifecycle<Wanted>> = {}) {
  const apply = jest.fn(async (_wanted: Wanted, _before?: Wanted): Promise<Record<string, unknown> | undefined> => undefined);
  const remove = jest.fn(async (_wanted: Wanted) => undefined);
  const lifecycle: Lifecycle<Wanted> = {
    read: ({ Name: name }) => {
      if (typeof name !== 'string') throw new Error("'Name' must be a text");
      return { name };
    },
    id: ({ name }) => `setting-${name}`,
    apply,
    remove,
    ...overrides,
  };
  return { handler: onLifecycle(lifecycle), apply, remove };
}

describe('creation', () => {
  test('applies what the template says, under the id that the setting has', async () => {
    const { handler, apply } = make();
    expect(await handler(created({ Name: 'a' }))).toEqual({ PhysicalResourceId: 'setting-a' });
    expect(apply).toHaveBeenCalledWith({ name: 'a' }, undefined);
  });

  test('returns attributes', async () => {
    const { handler } = make({ apply: async () => ({ Arn: 'arn' }) });
    expect(await handler(created({ Name: 'a' }))).toEqual({ PhysicalResourceId: 'setting-a', Data: { Arn: 'arn' } });
  });

  test('does not tell the handler the token of the service', async () => {
    const read = jest.fn(() => ({ name: 'a' }));
    await make({ read }).handler(created({ Name: 'a' }));
    expect(read).toHaveBeenCalledWith({ Name: 'a' });
  });

  test('is refused for what cannot be meant', async () => {
    const { handler, apply } = make();
    await expect(handler(created({ Title: 'a' }))).rejects.toThrow("'Name' must be a text");
    expect(apply).not.toHaveBeenCalled();
  });

  test('fails when what is wanted cannot be brought about', async () => {
    const apply = async () => {
      throw new Error('denied');
    };
    await expect(make({ apply }).handler(created({ Name: 'a' }))).rejects.toThrow('denied');
  });
});

describe('an update', () => {
  test('is told what was there before', async () => {
    const { handler, apply, remove } = make();
    await handler(updated({ Name: 'a' }, { Name: 'b' }));
    expect(apply).toHaveBeenCalledWith({ name: 'b' }, { name: 'a' });
    expect(remove).not.toHaveBeenCalled();
  });

  test('of another setting has another id, so that CloudFormation deletes the old one', async () => {
    const { handler } = make();
    expect(await handler(updated({ Name: 'a' }, { Name: 'b' }, 'setting-a'))).toEqual({ PhysicalResourceId: 'setting-b' });
  });

  test('does not fail for what was written before and cannot be read any more', async () => {
    const { handler, apply } = make();
    await handler(updated({ Title: 'old' }, { Name: 'b' }));
    expect(apply).toHaveBeenCalledWith({ name: 'b' }, undefined);
  });
});

describe('deletion', () => {
  test('removes, and keeps the id that CloudFormation knows', async () => {
    const { handler, remove } = make();
    expect(await handler(deleted({ Name: 'a' }, 'old-id'))).toEqual({ PhysicalResourceId: 'old-id' });
    expect(remove).toHaveBeenCalledWith({ name: 'a' });
  });

  test('of what cannot be read succeeds: nothing was made of it, and the stack must not be stuck', async () => {
    const { handler, remove } = make();
    expect(await handler(deleted({}, 'old-id'))).toEqual({ PhysicalResourceId: 'old-id' });
    expect(remove).not.toHaveBeenCalled();
  });

  test('that fails is told, not hidden', async () => {
    const remove = async () => {
      throw new Error('denied');
    };
    await expect(make({ remove }).handler(deleted({ Name: 'a' }))).rejects.toThrow('denied');
  });
});
