import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { packJson, unpackJson } from "../../../../lib/adapters/aws/dynamo/packJson.ts";

describe("packed JSON", () => {
  it("comes back as JSON has it", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ noUnicodeString: false })), (value) => {
        expect(unpackJson(packJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([
    ["no bytes", new Uint8Array()],
    ["bytes that are not deflated", new TextEncoder().encode('{"a":1}')],
    ["half of it", packJson({ text: "half of it is not enough" }).subarray(0, 10)],
  ])("is refused when it is %s", (_case, bytes) => {
    expect(() => unpackJson(bytes)).toThrow();
  });
});
