/** The DynamoDB adapters keep the contracts of their ports. */
import { DynamoDecisionLog } from "../../../../lib/adapters/aws/dynamo/dynamoDecisionLog.ts";
import { DynamoFloorStore } from "../../../../lib/adapters/aws/dynamo/dynamoFloorStore.ts";
import { DynamoForecastStore } from "../../../../lib/adapters/aws/dynamo/dynamoForecastStore.ts";
import { DynamoMemoryStore } from "../../../../lib/adapters/aws/dynamo/dynamoMemoryStore.ts";
import { DynamoOverrideStore } from "../../../../lib/adapters/aws/dynamo/dynamoOverrideStore.ts";
import { DynamoPromotionStore } from "../../../../lib/adapters/aws/dynamo/dynamoPromotionStore.ts";
import { DynamoUnitLoadStore } from "../../../../lib/adapters/aws/dynamo/dynamoUnitLoadStore.ts";
import { DynamoUpliftStore } from "../../../../lib/adapters/aws/dynamo/dynamoUpliftStore.ts";
import { describeDecisionLogContract } from "../../../contract/decisionLog.contract.ts";
import { describeFloorStoreContract } from "../../../contract/floorStore.contract.ts";
import { describeForecastStoreContract } from "../../../contract/forecastStore.contract.ts";
import { describeMemoryStoreContract } from "../../../contract/memoryStore.contract.ts";
import { describeOverrideStoreContract } from "../../../contract/overrideStore.contract.ts";
import { describePromotionStoreContract } from "../../../contract/promotionStore.contract.ts";
import { describeUnitLoadStoreContract } from "../../../contract/unitLoadStore.contract.ts";
import { describeUpliftStoreContract } from "../../../contract/upliftStore.contract.ts";
import { withDynalite } from "./dynalite.ts";

const fresh = withDynalite();

describeMemoryStoreContract("DynamoDB", async () => ({
  memories: new DynamoMemoryStore((await fresh()).table),
}));
describeForecastStoreContract("DynamoDB", async () => ({
  forecasts: new DynamoForecastStore((await fresh()).table),
}));
describePromotionStoreContract("DynamoDB", async () => ({
  promotions: new DynamoPromotionStore((await fresh()).table),
}));
describeUpliftStoreContract("DynamoDB", async () => ({
  uplifts: new DynamoUpliftStore((await fresh()).table),
}));
describeUnitLoadStoreContract("DynamoDB", async () => ({
  unitLoads: new DynamoUnitLoadStore((await fresh()).table),
}));
describeOverrideStoreContract("DynamoDB", async () => ({
  overrides: new DynamoOverrideStore((await fresh()).table),
}));
describeDecisionLogContract("DynamoDB", async () => ({
  decisions: new DynamoDecisionLog((await fresh()).table),
}));
describeFloorStoreContract("DynamoDB", async () => ({
  floors: new DynamoFloorStore((await fresh()).table),
}));
