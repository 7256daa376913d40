import express, { Router } from 'express';
import { Command } from 'commander';
import yargs from 'yargs';

export interface Options {
  verbose: boolean;
  name?: string;
}

export type Handler = (id: string) => Promise<void>;

const port = process.env.PORT ?? 4000;
const dsn = process.env['DATABASE_URL'];
const level = process.env.LOG_LEVEL || 'info';
const path = /\/api\/"[^"]+/.test(level) ? 'a' : "it's";

export class OrderService {
  private readonly cache = new Map<string, string>();

  constructor(private dsn: string) {}

  async find(id: string): Promise<void> {
    if (!id) {
      throw new Error('order id must be given');
    }
    // process.env.COMMENTED
    return this.load(`/orders/${id}`);
  }

  static create() {
    return new OrderService(dsn);
  }
}

export function start(app: any) {
  const router = Router();
  app.get('/health', (req, res) => res.send('ok'));
  app.post("/orders/:orderId/items", validate, createItem);
  router.route('/users/:id').get(readUser).put(writeUser);
  app.use('/static', express.static('public'));
  app.listen(4000);
  axios.get('/not/a/route', config);
  logger.info(`Server is listening on ${port}`);
  fastify.route({ method: ['GET', 'HEAD'], url: '/ping', handler });
}

const program = new Command();
program
  .option('-c, --config <file>', 'the configuration file', 'app.yaml')
  .option('--no-color', 'no colours')
  .requiredOption('-t, --token <value>', 'the token');
program.command('deploy <env>').description('deploys');

yargs.option('retries', { alias: 'r', type: 'number', default: 3 }).argv;
