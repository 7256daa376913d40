export async function GET(request: Request) {
  return Response.json({});
}

export const POST = async (request: Request) => {
  console.error("The request could not be read");
};
