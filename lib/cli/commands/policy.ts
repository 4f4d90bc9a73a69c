/** `forewarm policy`: check a policy file, and print the schema that editors complete from. */
import { Command } from "commander";
import { policyJsonSchema } from "../../policy/jsonSchema.ts";
import { readPolicy } from "../files.ts";

export function policyCommand(): Command {
  const command = new Command("policy").description("Check a policy file, or print its JSON schema");
  command
    .command("check")
    .description("Report every problem of a policy file; exit code 2 when there are any")
    .argument("<file>", "forewarm.yaml")
    .option("--json", "print the complete policy with every default filled in")
    .action(check);
  command
    .command("schema")
    .description("Print the JSON schema for editors")
    .action(() => {
      process.stdout.write(`${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
    });
  return command;
}

async function check(path: string, { json }: { readonly json?: boolean }): Promise<void> {
  const policy = await readPolicy(path);
  if (json === true) process.stdout.write(`${JSON.stringify(policy, null, 2)}\n`);
  else process.stdout.write(`${path}: ${policy.targets.length} target(s), no problems\n`);
}
